package dev.lanewise.formats.torch;

import java.util.Set;

/**
 * The functions and classes whose values hold no weight, as checkpoints have them beside the
 * weights: Python's own, NumPy's, paths, settings. Of such a value nothing is kept.
 */
final class TorchHarmless {
  private static final Set<String> NAMES =
      Set.of(
          "__builtin__.bytearray",
          "__builtin__.bytes",
          "__builtin__.complex",
          "__builtin__.frozenset",
          "__builtin__.list",
          "__builtin__.set",
          "__builtin__.slice",
          "__builtin__.tuple",
          "__builtin__.xrange",
          "_codecs.encode",
          "argparse.Namespace",
          "builtins.bytearray",
          "builtins.bytes",
          "builtins.complex",
          "builtins.frozenset",
          "builtins.list",
          "builtins.range",
          "builtins.set",
          "builtins.slice",
          "builtins.tuple",
          "collections.Counter",
          "collections.deque",
          "datetime.date",
          "datetime.datetime",
          "datetime.time",
          "datetime.timedelta",
          "datetime.timezone",
          "decimal.Decimal",
          "lightning.fabric.utilities.data.AttributeDict",
          "lightning.pytorch.utilities.parsing.AttributeDict",
          "lightning_fabric.utilities.data.AttributeDict",
          "numpy._core.multiarray._reconstruct",
          "numpy._core.multiarray.scalar",
          "numpy.core.multiarray._reconstruct",
          "numpy.core.multiarray.scalar",
          "numpy.dtype",
          "numpy.ndarray",
          "omegaconf.base.ContainerMetadata",
          "omegaconf.base.Metadata",
          "omegaconf.dictconfig.DictConfig",
          "omegaconf.listconfig.ListConfig",
          "omegaconf.nodes.AnyNode",
          "omegaconf.nodes.BooleanNode",
          "omegaconf.nodes.FloatNode",
          "omegaconf.nodes.IntegerNode",
          "omegaconf.nodes.StringNode",
          "pathlib.Path",
          "pathlib.PosixPath",
          "pathlib.PurePath",
          "pathlib.PurePosixPath",
          "pathlib.PureWindowsPath",
          "pathlib.WindowsPath",
          "pathlib._local.PosixPath",
          "pathlib._local.WindowsPath",
          "pytorch_lightning.utilities.parsing.AttributeDict",
          "torch.Size",
          "torch.device",
          "torch.serialization._get_layout",
          "uuid.UUID");

  private TorchHarmless() {}

  static boolean contains(String name) {
    return NAMES.contains(name);
  }
}
