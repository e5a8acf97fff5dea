package dev.lanewise.lstm;

import dev.lanewise.lstm.run.ForwardCall;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Brings tensors by name into a call, in the order of the model's inputs and outputs. */
final class NamedCall {
  private NamedCall() {}

  /** Refuses tensors that are not one for each name. */
  static void requireNames(
      String operation, String kind, List<String> expected, Set<String> given) {
    if (given.size() != expected.size() || !given.containsAll(expected)) {
      throw GraphErrors.names(operation, kind, expected, given);
    }
  }

  /** Refuses inputs that the model does not take; notes the steps of all values. */
  static void inputs(
      String operation,
      Plan plan,
      ForwardCall call,
      Map<String, Tensor> x,
      Map<String, Mask> masks) {
    List<String> names = plan.inputNames();
    requireNames(operation, "input", names, x.keySet());
    if (!names.containsAll(masks.keySet())) {
      throw GraphErrors.names(operation, "masks among the input", names, masks.keySet());
    }
    for (int port = 0; port < names.size(); port++) {
      String name = names.get(port);
      call.input(port, of(x, name), Mask.stepsOf(masks.get(name)));
      try {
        CallChecks.input(operation, plan, call, port);
      } catch (IllegalArgumentException refused) {
        throw names.size() == 1 ? refused : GraphErrors.about("input", name, refused);
      }
      requireSamples(operation, names.getFirst(), call.x(0).shape(), name, call.x(port).shape());
    }
    plan.steps().of(call.inputSteps, call.steps);
  }

  private static void requireSamples(
      String operation, String one, Shape first, String other, Shape second) {
    if (first.dim(0) != second.dim(0)) {
      throw GraphErrors.samples(operation, one, first, other, second);
    }
  }

  /** What is given by a name that was required. */
  static <T> T of(Map<String, T> all, String name) {
    return Objects.requireNonNull(all.get(name), name);
  }

  /** A new tensor for each output. */
  static Map<String, Tensor> newOutputs(Plan plan, ForwardCall call) {
    Map<String, Tensor> y = new LinkedHashMap<>();
    for (int output = 0; output < call.outputs(); output++) {
      Shape shape = plan.steps().output(output, call.x(0).shape(), call.samples(), call.steps);
      Tensor tensor = Tensor.zeros(shape.toArray());
      call.output(output, tensor);
      y.put(plan.outputNames().get(output), tensor);
    }
    return Collections.unmodifiableMap(y);
  }

  /** Refuses outputs that the model does not give, or that overlap one another or an input. */
  static void outputs(String operation, Plan plan, ForwardCall call, Map<String, Tensor> y) {
    List<String> names = plan.outputNames();
    requireNames(operation, "output", names, y.keySet());
    for (int output = 0; output < names.size(); output++) {
      Tensor tensor = of(y, names.get(output));
      call.output(output, tensor);
      Shape first = call.x(0).shape();
      if (!plan.steps().isOutput(output, first, call.samples(), call.steps, tensor.shape())) {
        Shape expected = plan.steps().output(output, first, call.samples(), call.steps);
        throw GraphErrors.about(
            "output",
            names.get(output),
            LstmErrors.outputShape(operation, tensor.shape(), expected));
      }
      for (int port = 0; port < call.inputs(); port++) {
        Outputs.check(operation, call.x(port), tensor);
      }
      for (int before = 0; before < output; before++) {
        if (call.y(before).mayShareMemory(tensor)) {
          throw GraphErrors.outputsOverlap(operation, names.get(before), names.get(output));
        }
      }
    }
  }
}
