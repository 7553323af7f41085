//! Leaves out what is linked but never run.
//!
//! A tensor of burn may be quantised, of any number type, and a kernel may come as text; so the code for all that is
//! linked, though nothing in Fusebox makes such a tensor or such a text, and a reader of the page would download it.
//! The bodies of these functions become a trap: should one ever be called, the wasm stops instead of computing
//! something wrong, and the page says so. What only they called is then left out by wasm-opt.

use walrus::ir::{Call, Visitor, dfs_in_order};
use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};

/// Parts of the names of functions that are never run, and why.
const NEVER_RUN: [(&str, &str); 12] = [
    ("QTensorOps", "no tensor is quantised"),
    ("cubek_quant::", "no tensor is quantised"),
    ("kernel::quantization::", "no tensor is quantised"),
    ("gemm_f64::", "all numbers have 32 bits"),
    ("gemm_f16::", "all numbers have 32 bits"),
    ("::float_mask_where", "no tensor is masked"),
    ("::float_mask_fill", "no tensor is masked"),
    ("::float_scatter", "gradients are added up by our own look-ups"),
    ("::float_abs", "no loss has an absolute value"),
    ("::float_cast", "all numbers have 32 bits"),
    ("as pliron::parsable::Parsable>::parse", "no kernel comes as text"),
    ("pliron::irfmt::parsers::", "no kernel comes as text"),
];

/// A part of the name of a function and one of what it calls that is never run either, whose own name says too little, and why.
const CALLS_WHAT_IS_NEVER_RUN: (&str, &str, &str) = (
    "::float_div::RetroDiv",
    "::binary_op",
    "no tensor is divided by another, but multiplied by its reciprocal",
);

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
    for id in named.into_iter().chain(called(module)) {
        let kind = module.types.get(module.funcs.get(id).ty());
        let (parameters, results) = (kind.params().to_vec(), kind.results().to_vec());
        let arguments = parameters.iter().map(|&kind| module.locals.add(kind)).collect();
        let mut trap = FunctionBuilder::new(&mut module.types, &parameters, &results);
        trap.func_body().unreachable();
        module.funcs.get_mut(id).kind = FunctionKind::Local(trap.local_func(arguments));
    }
}

/// What [`CALLS_WHAT_IS_NEVER_RUN`] tells of.
fn called(module: &Module) -> Vec<FunctionId> {
    #[derive(Default)]
    struct Calls(Vec<FunctionId>);
    impl Visitor<'_> for Calls {
        fn visit_call(&mut self, call: &Call) {
            self.0.push(call.func);
        }
    }
    let (caller, callee, _) = CALLS_WHAT_IS_NEVER_RUN;
    let named = |id: FunctionId, part: &str| {
        module.funcs.get(id).name.as_deref().is_some_and(|name| name.contains(part))
    };
    let mut calls = Calls::default();
    for function in module.funcs.iter().filter(|function| named(function.id(), caller)) {
        if let FunctionKind::Local(local) = &function.kind {
            dfs_in_order(&mut calls, local, local.entry_block());
        }
    }
    calls.0.retain(|&id| named(id, callee));
    calls.0.sort_unstable();
    calls.0.dedup();
    calls.0
}
