package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofTest {
  private static final LoadOptions CHECKED = LoadOptions.builder().checkProof(true).build();
  private static final Tensor X = Tensor.arange(12).reshape(2, 3, 2);

  @TempDir Path directory;

  private Path save(Model model, Proof proof) {
    Path file = directory.resolve("model.safetensors");
    ModelFile.save(model, Map.of("unit", "mm"), proof, file);
    return file;
  }

  private static Sequential model() {
    return Sequential.of(Lstm.of(3), Dense.of(1)).build(2, 1);
  }

  @Test
  void aModelIsHeldToItsAnswers() {
    Sequential model = model();
    Path file = save(model, Proof.of(model, Map.of("x", X)));
    ModelFile read = ModelFile.read(file, CHECKED);
    assertEquals(Map.of("unit", "mm"), read.metadata());
    Proof proof = read.proof().orElseThrow();
    assertArrayEquals(X.toArray(), of(proof.inputs(), "x").toArray());
    assertArrayEquals(model.predict(X).toArray(), of(proof.outputs(), "y").toArray());
    assertEquals(
        proof.outputs().keySet(), ModelReader.read(file).proof().orElseThrow().outputs().keySet());
    ModelReader.read(file, CHECKED);
    ModelReader.predictor(file, CHECKED, PredictorOptions.of()).close();
  }

  private static Tensor of(Map<String, Tensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  @Test
  void aGraphAndTokenIdsHaveOneToo() {
    Model graph = FuzzSeeds.graph();
    Map<String, Tensor> x = new LinkedHashMap<>();
    x.put("past", Tensor.arange(4).reshape(1, 2, 2));
    x.put("words", Tensor.ofInts(new int[] {1, 4, 0}, 1, 3));
    x.put("site", Tensor.arange(2).reshape(1, 2));
    ModelReader.read(save(graph, Proof.of(graph, x)), CHECKED);
    Sequential ids = Sequential.of(Embedding.of(5, 2), Lstm.of(2)).build(3);
    Map<String, Tensor> words = Map.of("x", Tensor.ofInts(new int[] {4, 1}, 1, 2));
    ModelReader.read(save(ids, Proof.of(ids, words)), CHECKED);
  }

  @Test
  void refusesOtherAnswers() {
    Sequential model = model();
    Proof proof = Proof.of(model, Map.of("x", X));
    Tensor y = of(proof.outputs(), "y");
    y.set(y.get(1, 0) + 1e-4f, 1, 0);
    Path file = save(model, proof);
    String message =
        file
            + ", proof, output \"y\": expected "
            + y.get(1, 0)
            + " at [1, 0], within 1.0E-5, got "
            + model.predict(X).get(1, 0)
            + "; the weights are not those of the proof, or this version computes something else";
    refuses(message, () -> ModelReader.read(file, CHECKED));
    refuses(message, () -> ModelReader.predictor(file, CHECKED, PredictorOptions.of()));
    ModelReader.read(file);
    y.set(Float.NaN, 0, 0);
    refuses("expected NaN at [0, 0]", () -> ModelReader.read(save(model, proof), CHECKED));
  }

  @Test
  void refusesAProofOfAnotherModel() {
    Sequential model = model();
    Map<String, Tensor> y = Map.of("y", Tensor.zeros(2, 2));
    refuses(
        "proof, output \"y\": expected (2, 2), got (2, 1)",
        () -> ModelReader.read(save(model, new Proof(Map.of("x", X), y)), CHECKED));
    refuses(
        "proof: expected the outputs z, got y",
        () ->
            ModelReader.read(
                save(model, new Proof(Map.of("x", X), Map.of("z", Tensor.zeros(2, 1)))), CHECKED));
    refuses(
        "proof: expected inputs that the model takes, got",
        () ->
            ModelReader.read(
                save(model, new Proof(Map.of("x", Tensor.zeros(2, 3, 5)), y)), CHECKED));
  }

  @Test
  void refusesToCheckWhereThereIsNone() {
    Path file = directory.resolve("model");
    ModelFile.save(model(), file);
    String message =
        file
            + ": expected sample inputs and outputs in the file, got none; ModelFile.save(model,"
            + " metadata, proof, file) or convert --proof keeps some";
    refuses(message, () -> ModelReader.read(file, CHECKED));
    refuses(message, () -> ModelReader.predictor(file, CHECKED, PredictorOptions.of()));
    refuses(
        "expected sample inputs and outputs in the file",
        () -> ModelReader.read(Resources.file("keras2.h5"), CHECKED));
  }

  private static void refuses(String message, Runnable work) {
    FormatException e = assertThrows(FormatException.class, work::run);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
