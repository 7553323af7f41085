use serde_json::Value;

use crate::shop::BRIEFLY;
use crate::workplace::Workplace;

#[test]
fn a_run_on_the_gpu_starts_as_on_the_cpu() {
    let workplace = Workplace::with_shop();
    let line = |backend: &str| {
        format!("train vbpr --dataset shop.fbx {BRIEFLY} --set epochs=4 --backend {backend} --json")
    };
    let gpu = workplace.run(&line("gpu"));
    if gpu.status == Some(1) && gpu.stderr.starts_with("fusebox: no GPU can be used: ") {
        println!("skipped: {}", gpu.stderr.trim_end());
        return;
    }
    let (gpu, cpu) = (gpu.json(), workplace.run(&line("cpu")).json());
    assert_eq!((&gpu["backend"]["kind"], &cpu["backend"]["kind"]), (&"gpu".into(), &"cpu".into()));
    for stage in ["split", "initial-parameters", "samples"] {
        assert_eq!(gpu["fingerprints"][stage], cpu["fingerprints"][stage], "{stage}");
    }
    let losses = |receipt: &Value| -> Vec<f64> {
        serde_json::from_value(receipt["fingerprints"]["losses"].clone()).unwrap()
    };
    let (gpu, cpu) = (losses(&gpu), losses(&cpu));
    assert_eq!(gpu.len(), 12);
    assert_eq!(gpu.len(), cpu.len());
    for (step, (gpu, cpu)) in (1..).zip(gpu.iter().zip(&cpu)) {
        assert!((gpu - cpu).abs() <= 1e-3 * cpu.abs(), "step {step}: {gpu} on the GPU, {cpu} on the CPU");
    }
    assert!(cpu[11] < cpu[0], "the shop is learned from: {cpu:?}");
}
