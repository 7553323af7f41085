//! Leaves out what is linked but never run.
//!
//! A tensor of burn may be quantised, of any number type, and a kernel may come as text; so the code for all that is
//! linked, though nothing in Fusebox makes such a tensor or such a text, and a reader of the page would download it.
//! The bodies of these functions become a trap: should one ever be called, the wasm stops instead of computing
//! something wrong, and the page says so. What only they called is then left out by wasm-opt.

use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};

/// Parts of the names of functions that are never run, and why.
const NEVER_RUN: [(&str, &str); 11] = [
    ("QTensorOps", "no tensor is quantised"),
    ("cubek_quant::", "no tensor is quantised"),
    ("kernel::quantization::", "no tensor is quantised"),
    ("gemm_f64::", "all numbers have 32 bits"),
    ("gemm_f16::", "all numbers have 32 bits"),
    ("::float_mask_where", "no tensor is masked"),
    ("::float_mask_fill", "no tensor is masked"),
    ("::float_scatter", "gradients are added up by our own look-ups"),
    ("::float_abs", "no loss has an absolute value"),
    ("as pliron::parsable::Parsable>::parse", "no kernel comes as text"),
    ("pliron::irfmt::parsers::", "no kernel comes as text"),
];

/// Functions of fewer instructions are left alone. LLVM makes one of functions that have the same instructions, under the name of
/// any of them; small ones may so be run under a name of the list.
const SMALLEST: u64 = 100;

/// Replaces the bodies of functions that are never run.
pub fn never_run(module: &mut Module) {
    let named: Vec<FunctionId> = module
        .funcs
        .iter()
        .filter(|function| matches!(&function.kind, FunctionKind::Local(local) if local.size() >= SMALLEST))
        .filter(|function| {
            let name = function.name.as_deref().unwrap_or_default();
            // What ends the life of a value that a function has inside is named after the function.
            let drops = name.starts_with("core::ptr::drop_in_place");
            !drops && NEVER_RUN.iter().any(|(part, _)| name.contains(part))
        })
        .map(|function| function.id())
        .collect();
    for id in named {
        let kind = module.types.get(module.funcs.get(id).ty());
        let (parameters, results) = (kind.params().to_vec(), kind.results().to_vec());
        let arguments = parameters.iter().map(|&kind| module.locals.add(kind)).collect();
        let mut trap = FunctionBuilder::new(&mut module.types, &parameters, &results);
        trap.func_body().unreachable();
        module.funcs.get_mut(id).kind = FunctionKind::Local(trap.local_func(arguments));
    }
}
