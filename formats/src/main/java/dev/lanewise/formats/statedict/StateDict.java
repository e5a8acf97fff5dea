package dev.lanewise.formats.statedict;

import dev.lanewise.formats.lanewise.Architecture;
import dev.lanewise.formats.models.ModelJson;
import dev.lanewise.formats.models.ModelSizes;
import dev.lanewise.formats.models.PlannedModel;
import dev.lanewise.lstm.Flatten;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A model from the tensors of PyTorch's modules. Sequences are {@code (batch, timesteps, features)}
 * as with {@code batch_first=True}.
 */
public final class StateDict {
  /** As long a sequence may be that is flattened. */
  private static final int MOST_TIMESTEPS = 10_000;

  private final StateTensors tensors;
  private final PlannedModel model;
  private final Map<String, ModuleWeight> weights;
  private final List<String> notes;

  private StateDict(
      StateTensors tensors,
      PlannedModel model,
      Map<String, ModuleWeight> weights,
      List<String> notes) {
    this.tensors = tensors;
    this.model = model;
    this.weights = weights;
    this.notes = List.copyOf(notes);
  }

  /**
   * The modules one after the other: as a list says, or where that is empty as their tensors do.
   *
   * @param list such as {@code lstm:last,fc1:relu,fc2}
   */
  public static StateDict of(StateTensors tensors, String list) {
    Path file = tensors.file();
    List<TorchModule> modules = modules(tensors);
    List<String> notes = new ArrayList<>();
    ModuleChain chain =
        list.isEmpty()
            ? evident(tensors, modules, notes)
            : new ModuleWords(file, modules, notes).chain(list);
    return of(tensors, chain, notes, list.isEmpty() ? "" : "--layers");
  }

  /** The modules one after the other, in the order of their tensors. */
  public static StateDict inOrder(StateTensors tensors) {
    List<String> notes = new ArrayList<>();
    ModuleChain chain = chain(tensors.file(), modules(tensors), notes);
    return of(tensors, chain, notes, "");
  }

  private static StateDict of(
      StateTensors tensors, ModuleChain chain, List<String> notes, String where) {
    Path file = tensors.file();
    Map<String, ModuleWeight> weights = weights(chain.modules());
    PlannedModel model = ModelSizes.guarded(file, where, () -> model(file, chain, weights));
    return new StateDict(tensors, model, weights, notes);
  }

  /**
   * The modules as layers that a JSON of ours describes, which have the modules' names.
   *
   * @param config holds the JSON
   */
  public static StateDict of(StateTensors tensors, Path config) {
    String json = new String(ModelJson.read(config), StandardCharsets.UTF_8);
    Map<String, ModuleWeight> weights = new HashMap<>();
    for (TorchModule module : modules(tensors)) {
      weights.putAll(module.weights());
      EmbeddingModule embedding = EmbeddingModule.of(module);
      if (embedding != null) {
        weights.putAll(embedding.weights());
      }
    }
    PlannedModel model =
        Architecture.read(json, config, shapes -> requireAll(tensors, shapes, weights));
    return new StateDict(tensors, model, weights, List.of());
  }

  private static List<TorchModule> modules(StateTensors tensors) {
    ModelSizes.requireLayers(tensors.file(), "", tensors.shapes().size() / 2);
    List<TorchModule> modules = ModuleTensors.modules(tensors);
    if (modules.isEmpty()) {
      throw ModuleErrors.noTensors(tensors.file());
    }
    return modules;
  }

  private static Map<String, ModuleWeight> weights(List<TorchModule> modules) {
    Map<String, ModuleWeight> weights = new HashMap<>();
    modules.forEach(module -> weights.putAll(module.weights()));
    return weights;
  }

  private static ModuleChain evident(
      StateTensors tensors, List<TorchModule> modules, List<String> notes) {
    Path file = tensors.file();
    List<TorchModule> order = ModuleOrder.of(modules, tensors.isInOrder());
    if (order.isEmpty()) {
      throw ModuleErrors.order(file, modules);
    }
    boolean affine = false;
    for (TorchModule module : order) {
      // Something must stand between two affine functions, or they were one.
      if (affine && module.isAffine()) {
        throw ModuleErrors.between(file, order);
      }
      affine = module.isAffine() || (affine && module instanceof NormalizationModule);
    }
    if (ModuleOrder.fitsOtherwise(modules)) {
      List<String> names = order.stream().map(TorchModule::name).toList();
      notes.add("the modules are called in the order of the file, " + String.join(", ", names));
    }
    ModuleChain chain = chain(file, order, notes);
    if (order.size() > 1 && order.stream().anyMatch(each -> each instanceof RecurrentModule)) {
      notes.add("each timestep has an output, the last of which is out[:, -1]");
    }
    return chain;
  }

  private static ModuleChain chain(Path file, List<TorchModule> order, List<String> notes) {
    ModuleChain chain = new ModuleChain();
    for (TorchModule module : order) {
      chain.add(module, module.layers(ModuleCall.of(file, module.name(), notes)));
    }
    return chain;
  }

  private static PlannedModel model(
      Path file, ModuleChain chain, Map<String, ModuleWeight> weights) {
    Sequential model = Sequential.of(chain.layers());
    if (chain.modules().isEmpty()) {
      throw ModuleErrors.noTensors(file);
    }
    int features = model.takesIds() ? 1 : chain.modules().getFirst().takes();
    int timesteps = timesteps(model, features, weights);
    PlannedModel planned = new PlannedModel(model, timesteps, features);
    planned.shapes().forEach((name, shape) -> requireShape(file, name, shape, weights));
    return planned;
  }

  /** How many timesteps come in, which what follows a flatten says; 0 for any. */
  private static int timesteps(Sequential model, int features, Map<String, ModuleWeight> weights) {
    boolean flattens = model.layers().stream().anyMatch(layer -> layer instanceof Flatten);
    if (!flattens || model.takesIds()) {
      return 0;
    }
    long elements =
        ModelSizes.elements(weights.values().stream().map(ModuleWeight::shape).toList());
    int timesteps = 1;
    while (timesteps < MOST_TIMESTEPS && elements(model, timesteps, features) < elements) {
      timesteps++;
    }
    return timesteps;
  }

  /** How many weights a model has for so many timesteps; 0 where they are too few for it. */
  private static long elements(Sequential model, int timesteps, int features) {
    try {
      return ModelSizes.elements(model.weightShapes(timesteps, features).values());
    } catch (IllegalArgumentException tooFew) {
      return 0;
    }
  }

  /** Refuses weights that the file has no tensors for, and tensors that are none's weights. */
  private static void requireAll(
      StateTensors tensors, Map<String, Shape> shapes, Map<String, ModuleWeight> weights) {
    Set<String> unused = new LinkedHashSet<>(tensors.shapes().keySet());
    unused.removeIf(name -> name.endsWith(NormalizationModule.BATCHES));
    shapes.forEach(
        (name, shape) -> {
          requireShape(tensors.file(), name, shape, weights);
          unused.removeAll(Objects.requireNonNull(weights.get(name)).tensors());
        });
    if (!unused.isEmpty()) {
      throw ModuleErrors.unused(tensors.file(), unused);
    }
  }

  private static void requireShape(
      Path file, String name, Shape shape, Map<String, ModuleWeight> weights) {
    ModuleWeight source = weights.get(name);
    if (source == null) {
      throw ModuleErrors.weight(file, name, weights.keySet());
    }
    if (!source.shape().equals(shape)) {
      throw ModuleErrors.weightShape(file, name, shape, source);
    }
  }

  /** Not built. */
  public PlannedModel model() {
    return model;
  }

  /** What the tensors do not say, and how it was taken. */
  public List<String> notes() {
    return notes;
  }

  /** Fills a weight of the model. */
  public void fill(Weight weight) {
    try (Arena arena = Arena.ofConfined()) {
      weight.set(value(weight.name(), arena));
    }
  }

  /** What {@link #fill} gives the weight of that name; in the arena or on its own. */
  public Tensor value(String weight, Arena arena) {
    return Objects.requireNonNull(weights.get(weight)).read(tensors, arena);
  }
}
