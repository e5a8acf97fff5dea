package dev.lanewise.formats.torch;

import static dev.lanewise.formats.Refusals.everyCutIsRefused;
import static dev.lanewise.formats.Refusals.noChangeBreaksTheReader;
import static dev.lanewise.formats.Refusals.refused;
import static dev.lanewise.formats.Refusals.refusedArgument;
import static dev.lanewise.formats.torch.TorchPickles.archive;
import static dev.lanewise.formats.torch.TorchPickles.bytes;
import static dev.lanewise.formats.torch.TorchPickles.dict;
import static dev.lanewise.formats.torch.TorchPickles.floats;
import static dev.lanewise.formats.torch.TorchPickles.legacy;
import static dev.lanewise.formats.torch.TorchPickles.module;
import static dev.lanewise.formats.torch.TorchPickles.storage;
import static dev.lanewise.formats.torch.TorchPickles.tensor;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.Resources;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused of PyTorch's files, and how, word for word. */
class TorchRefusalsTest {
  private static final String SAVE = "torch.save(model.state_dict(), \"model.pt\")";
  private static final String DAMAGED =
      "; the file is damaged: copy it again, or write it again in PyTorch: " + SAVE;
  private static final String ALONE =
      "; if you trust the file, load it in PyTorch and save the tensors alone: " + SAVE;
  private static final String STATE_DICT =
      ": expected a state_dict, a dict of names and tensors, or one dict that holds one, got ";
  private static final String VECTOR = tensor("0", "4", "1");

  @TempDir Path directory;

  private static void refusedFile(Path file, String message) {
    refused(file, message, () -> TorchTensors.read(file).close());
  }

  private static void refusedResource(String name, String message) {
    refusedFile(TorchTensorsTest.file(name), message);
  }

  private void refusedPickle(String pickle, String message) {
    refusedFile(archive(directory.resolve("x.pt"), pickle), message);
  }

  private static void copy(Path file) {
    try (TorchTensors tensors = TorchTensors.read(file)) {
      tensors
          .shapes()
          .forEach((name, shape) -> tensors.copyTo(name, Tensor.zeros(shape.toArray())));
    }
  }

  @Test
  void neverCallsWhatAPickleNames() throws IOException {
    refusedResource(
        "evil",
        ", entry \"evil/data.pkl\", byte 224: expected tensors and plain values, got a call of"
            + " \"posix.system\", which would run code"
            + ALONE);
    // Its place in a legacy file depends on addresses, which are the keys of storages there.
    Path legacy = TorchTensorsTest.file("legacy_evil");
    String bytes = new String(Files.readAllBytes(legacy), StandardCharsets.ISO_8859_1);
    int at = bytes.indexOf('R', bytes.indexOf("echo run"));
    refusedFile(
        legacy,
        ", byte "
            + at
            + ": expected tensors and plain values, got a call of \"posix.system\", which would"
            + " run code"
            + ALONE);
    assertFalse(Files.exists(Path.of("/tmp/lanewise_evil")));
  }

  @ParameterizedTest
  @CsvSource({
    "(cos\\nsystem\\nVls\\no, os.system",
    "(Vls\\nios\\nsystem\\n, os.system",
    "cos\\nsystem\\n(Vls\\nt\u0081, os.system",
    "cos\\nsystem\\n(Vls\\nt}\u0092, os.system"
  })
  void createsNoObjectOfAnotherClass(String pickle, String name) {
    String where = ", entry \"archive/data.pkl\", byte ";
    int at = Math.max(pickle.replace("\\n", "\n").length() - 1, 0);
    at = pickle.contains("i") && pickle.startsWith("(V") ? 5 : at;
    refusedPickle(
        pickle.replace("\\n", "\n"),
        where
            + at
            + ": expected tensors and plain values, got an object of the class \""
            + name
            + "\", whose code is not in the file"
            + ALONE);
  }

  @Test
  void refusesACallWithinATensor() {
    String evil = "ctorch._tensor\n_rebuild_from_type_v2\n(cos\nsystem\nctorch\nTensor\n(Vls\ntNtR";
    refusedPickle(
        evil,
        ", entry \"archive/data.pkl\", byte 71: expected tensors and plain values, got a call of"
            + " \"os.system\", which would run code"
            + ALONE);
    String subclass =
        "ctorch._tensor\n_rebuild_from_type_v2\n(cos\nsystem\ncmine\nTensor\n(Vls\ntNtR";
    refusedPickle(
        subclass,
        ", entry \"archive/data.pkl\", byte 70: expected tensors and plain values, got a call of"
            + " \"mine.Tensor\", which would run code"
            + ALONE);
  }

  @Test
  void refusesModulesByTheirClass() {
    refusedResource(
        "module",
        ", entry \"module/data.pkl\", byte 19: expected tensors and plain values, got an object of"
            + " the class \"__main__.Net\", whose code is not in the file"
            + ALONE);
    refusedFile(
        legacy(directory.resolve("x.pt"), "I1001\n", "(Vmodule\ncmine\nNet\nVx.py\nVpass\ntQ", "]"),
        ", byte 56: expected tensors and plain values, got an object of the class \"mine.Net\","
            + " whose code is not in the file"
            + ALONE);
  }

  @Test
  void saysWhatIsThereInsteadOfAStateDict() {
    String save = "; save the model's: " + SAVE;
    refusedResource("tensor", STATE_DICT + "a tensor (2, 3)" + save);
    refusedResource("list", STATE_DICT + "a list of 1" + save);
    refusedResource(
        "none",
        STATE_DICT
            + "a dict of \"epoch\" (the number 3), \"name\" (the text \"a\"), \"loss\" (a tensor ()),"
            + " a key that is no text (a list of 1)"
            + save);
    refusedPickle("}", STATE_DICT + "an empty dict" + save);
    refusedPickle(")", STATE_DICT + "a tuple of 0" + save);
    refusedPickle("cos\nsystem\n", STATE_DICT + "os.system" + save);
    refusedPickle(
        module("Net", dict("training", "I01\n")),
        STATE_DICT + "a module __torch__.Net without tensors" + save);
    refusedPickle(
        dict("optimizer", dict("w", VECTOR), "state", dict("b", dict("c", "I1\n"))),
        STATE_DICT + "a dict of \"optimizer\" (a dict of 1), \"state\" (a dict of 1)" + save);
  }

  @Test
  void listsSeveralStateDicts() {
    refusedResource(
        "two",
        ": expected one state_dict, got 2: checkpoint[\"model\"], checkpoint[\"ema\"]; save the one"
            + " alone in PyTorch, for instance torch.save(checkpoint[\"model\"], \"model.pt\")");
    String nested = dict("a", dict("b", dict("w", VECTOR)), "c", dict("w", VECTOR));
    refusedPickle(
        nested,
        ": expected one state_dict, got 2: checkpoint[\"a\"][\"b\"], checkpoint[\"c\"]; save the one"
            + " alone in PyTorch, for instance torch.save(checkpoint[\"a\"][\"b\"], \"model.pt\")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "complex | a tensor of torch.complex64; convert it before torch.save, for instance with"
            + " tensor.float()",
        "sparse | a sparse tensor; save it dense: tensor.to_dense()",
        "quantized | a quantized tensor; save it as numbers: tensor.dequantize()",
        "meta | a tensor of the device \"meta\", without elements"
      })
  void refusesTensorsOfOtherKinds(String name, String message) {
    refusedResource(
        name, ", tensor \"w\": expected a dense tensor of real numbers, got " + message);
  }

  @Test
  void refusesTypesWithoutNumbers() {
    String untyped =
        "ctorch._utils\n_rebuild_tensor_v3\n("
            + storage("torch.storage\nUntypedStorage", "0", "16")
            + "I0\n(I2\nt(I1\ntI00\nNctorch\nfloat8_e5m2\ntR";
    refusedPickle(
        dict("w", untyped),
        ", tensor \"w\": expected a dense tensor of real numbers, got a tensor of"
            + " torch.float8_e5m2; convert it before torch.save, for instance with tensor.float()");
    refusedPickle(
        dict("w", tensor("mine\nStorage", "0", "4", "0", "4", "1")),
        ", entry \"archive/data.pkl\", byte 74: expected a storage of PyTorch, for instance"
            + " torch.FloatStorage, got \"mine.Storage\"; convert the tensors first, with .float()");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 5, 1, '(5)', '(1)'",
    "1, 4, 1, '(4)', '(1)'",
    "-1, 4, 1, '(4)', '(1)'",
    "0, 2, 4, '(2)', '(4)'",
    "3, 4, -1, '(4)', '(-1)'",
    "0, 2 2, 3 1, '(2, 2)', '(3, 1)'",
    "0, -1, 1, '(-1)', '(1)'",
    "0, 2 2, 1, '(2, 2)', '(1)'",
    "9223372036854775807, 4, 1, '(4)', '(1)'",
    "0, 4, 9223372036854775807, '(4)', '(9223372036854775807)'",
    "5, 0, 1, '(0)', '(1)'",
    "0, 4294967296 4294967296, 0 0, '(4294967296, 4294967296)', '(0, 0)'",
    "0, 0 4294967296 4294967296, 0 0 0, '(0, 4294967296, 4294967296)', '(0, 0, 0)'"
  })
  void refusesViewsBeyondTheirStorage(
      String offset, String sizes, String strides, String shape, String steps) {
    refusedPickle(
        dict("w", tensor(offset, sizes, strides)),
        ", tensor \"w\": expected a view within its storage of 4 elements of torch.float32, got"
            + (" sizes " + shape + " and strides " + steps)
            + (" of torch.float32 from element " + offset + " on" + DAMAGED));
  }

  @Test
  void refusesMoreElementsThanThereAre() {
    refusedResource(
        "expanded",
        ", tensor \"w\": expected a view whose elements lie apart, got sizes (1000, 1000) and strides"
            + " (0, 0); save a copy of it: tensor.clone()");
    refusedPickle(
        dict("w", tensor("0", "2 2", "1 1")),
        ", tensor \"w\": expected a view whose elements lie apart, got sizes (2, 2) and strides"
            + " (1, 1); save a copy of it: tensor.clone()");
    String all = tensor("torch\nFloatStorage", "0", "65536", "0", "65536", "1");
    refusedFile(
        archive(
            directory.resolve("x.pt"),
            Map.of(
                "a/data.pkl",
                bytes(dict("w", all, "v", all) + "."),
                "a/data/0",
                new byte[4 << 16])),
        ": expected tensors that share elements, of at most 262144 bytes, got 524288 bytes; save"
            + " copies of them: tensor.clone()");
    refusedPickle(
        dict("w", tensor("0", "1 ".repeat(64) + "1", "1")),
        ", entry \"archive/data.pkl\", byte 318: expected at most 64 axes, got 65" + DAMAGED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(I1\\nI0\\n(t(tt | a storage, got the number 1",
        "(t | a storage as argument 0, got 0"
      })
  void refusesCallsThatPyTorchDoesNotWrite(String arguments, String message) {
    String pickle = "ctorch._utils\n_rebuild_tensor_v2\n" + arguments.replace("\\n", "\n") + "R";
    int at = pickle.length() - 1;
    refusedPickle(
        pickle,
        ", entry \"archive/data.pkl\", byte " + at + ": expected " + message.strip() + DAMAGED);
  }

  @Test
  void refusesAStorageThatChanges() {
    String longer = tensor("torch\nFloatStorage", "0", "5", "0", "4", "1");
    refusedPickle(
        dict("w", VECTOR, "v", longer),
        ", entry \"archive/data.pkl\", byte 207: expected the same size of a storage as before, 4 of"
            + " torch.float32, got 5 of torch.float32"
            + DAMAGED);
    refusedPickle(
        dict("w", tensor("torch\nFloatStorage", "0", "-1", "0", "4", "1")),
        ", entry \"archive/data.pkl\", byte 81: expected the size of a storage, got -1" + DAMAGED);
  }

  @Test
  void refusesAnArchiveWithoutItsParts() throws IOException {
    refusedFile(
        archive(directory.resolve("x.pt"), Map.of("a/b.txt", bytes("x"))),
        ": expected an archive of torch.save, with an entry data.pkl in its one folder, got"
            + " a/b.txt; write it in PyTorch: "
            + SAVE);
    refusedFile(
        archive(directory.resolve("x.pt"), Map.of("a/data.pkl", bytes(dict("w", VECTOR) + "."))),
        ", tensor \"w\": expected its elements in the entry \"a/data/0\", got none" + DAMAGED);
    refusedPickle(
        dict("w", tensor("torch\nFloatStorage", "0", "5", "0", "5", "1")),
        ", tensor \"w\": expected 20 bytes in the entry \"archive/data/0\", got 16" + DAMAGED);
    refusedPickle(
        dict("w", tensor("torch\nHalfStorage", "0", "4", "0", "4", "1")),
        ", entry \"archive/data/0\": expected at most 8 bytes, all that the rest of the file has a"
            + " use for, got 16");
    refusedFile(
        archive(
            directory.resolve("x.pt"),
            Map.of("a/data.pkl", bytes("}."), "a/byteorder", bytes("middle"))),
        ", entry \"a/byteorder\": expected \"little\" or \"big\", got \"middle\"" + DAMAGED);
    Path text = Files.writeString(directory.resolve("x.pt"), "model");
    refusedFile(
        text,
        ": expected a file of torch.save: a zip archive, or the magic number of before 1.6, got the"
            + " bytes 6d 6f 64 65; write it in PyTorch: "
            + SAVE);
  }

  @Test
  void holdsEveryStorageToItsChecksum() throws IOException {
    byte[] bytes = Files.readAllBytes(TorchTensorsTest.file("double"));
    // The first of its 16 bytes, which PyTorch begins at a multiple of 64.
    for (int at = 0; at + 16 < bytes.length; at += 64) {
      if (bytes[at + 6] == (byte) 0xf0 && bytes[at + 7] == 0x3f) {
        bytes[at]++;
      }
    }
    Path changed = Files.write(directory.resolve("x.pt"), bytes);
    refused(
        changed,
        ", entry \"double/data/0\": expected the checksum 793aaec4, got d7523f55"
            + "; the file is damaged: copy it again, or write it again where it came from",
        () -> copy(changed));
  }

  @Test
  void refusesNumbersBeyondFloat() {
    Path file = TorchTensorsTest.file("double");
    refused(
        file,
        ", tensor \"w\", element 1: expected a number within float32, at most 3.4028235e38, got"
            + " 1.0E300; scale the data first",
        () -> copy(file));
  }

  @Test
  void namesTheStorageOfANumberBeyondFloat() {
    byte[] numbers = ByteBuffer.allocate(40).putDouble(24, 1e300).array();
    String view = tensor("torch\nDoubleStorage", "0", "5", "1", "2 2", "1 2");
    Map<String, byte[]> entries =
        Map.of(
            "data.pkl", bytes(dict("w", view) + "."),
            "data/0", numbers,
            "byteorder", bytes("big"));
    Path file = archive(directory.resolve("x.pt"), entries);
    refused(
        file,
        ", tensor \"w\", in the order of memory from element 0 on, element 2: expected a number within"
            + " float32, at most 3.4028235e38, got 1.0E300; scale the data first",
        () -> copy(file));
  }

  @Test
  void refusesLegacyFilesThatDoNotFit() {
    Path file = directory.resolve("x.pt");
    String state = dict("w", VECTOR);
    byte[] four = floats(1, 2, 3, 4);
    String storages = ", the list of storages: expected ";
    refusedFile(
        legacy(file, "I1000\n", state, "]V0\na", four),
        ", byte 15: expected version 1001 of torch.save, got 1000" + DAMAGED);
    refusedFile(
        legacy(file, "N", state, "]V0\na", four),
        ", byte 15: expected version 1001 of torch.save, got None" + DAMAGED);
    refusedFile(
        legacy(file, "I1001\n", state, "]", four),
        ", byte 155: expected the end of the last storage, got 24 bytes more; the file was added to,"
            + " or several were written to it: save each alone");
    refusedFile(
        legacy(file, "I1001\n", state, "]"),
        storages + "the storage \"0\", which a tensor has, got none of that key" + DAMAGED);
    refusedFile(
        legacy(file, "I1001\n", state, "N", four),
        ", byte 153: expected a list of keys, got None" + DAMAGED);
    String key = storages + "the key of a storage that a tensor has, each once, got ";
    refusedFile(
        legacy(file, "I1001\n", state, "]V1\na", four),
        key + "the text \"1\" after none" + DAMAGED);
    refusedFile(
        legacy(file, "I1001\n", state, "](V0\nV0\ne", four, four),
        key + "the text \"0\" after 0" + DAMAGED);
    refusedFile(
        legacy(file, "I1001\n", state, "]V0\na", floats(1, 2, 3)),
        ", byte 159: expected the size of storage 0, 4, got 3" + DAMAGED);
    String part = dict("w", VECTOR.replace("I4\ntQ", "I4\n(V1\nI3\nI2\nttQ"));
    refusedFile(
        legacy(file, "I1001\n", part, "]V0\na", four),
        ", byte 115: expected a part of a storage of 4, got the 2 from 3 on" + DAMAGED);
  }

  @Test
  void refusesModulesOfTorchScriptThatKeepNoTensors() {
    String deep = VECTOR;
    for (int i = 0; i < 65; i++) {
      deep = module("Net", dict("a", deep));
    }
    refusedPickle(
        deep,
        ", module \""
            + "a.".repeat(60)
            + "..\": expected modules at most 64 deep, got deeper ones");
    refusedPickle(
        module("Net", dict("lstm", module("LSTM", "(I1\nt"))),
        ", module \"lstm\": expected a module with its tensors as attributes, got one of the class"
            + " \"__torch__.LSTM\", whose code packs them; save the module that it was made of, not"
            + " quantized: "
            + SAVE);
    StringBuilder shared = new StringBuilder(module("Net", dict("w", VECTOR)) + "p0\n0");
    for (int i = 0; i < 30; i++) {
      shared.append(module("Net", dict("a", "g" + i + "\n", "b", "g" + i + "\n")));
      shared.append("p").append(i + 1).append("\n0");
    }
    refusedPickle(
        shared + "g30\n",
        ": expected names of attributes of at most 4194304 characters together, got more; save the"
            + " tensors alone: "
            + SAVE);
  }

  @Test
  void refusesCodeThatDeclaresTooMuch() {
    String code =
        "class Net(Module):\n  __parameters__ = [" + "\"\", ".repeat(1 << 18) + "\"w\", ]\n";
    refusedFile(
        archive(
            directory.resolve("x.pt"),
            Map.of(
                "a/data.pkl",
                bytes(module("Net", dict("w", VECTOR)) + "."),
                "a/code/__torch__.py",
                bytes(code))),
        ": expected classes of at most 262144 parameters and buffers together, got more; save the"
            + " tensors alone: "
            + SAVE);
  }

  @Test
  void namesATensorThatIsMissing() {
    Path file = archive(directory.resolve("x.pt"), dict("weight", VECTOR, "bias", VECTOR));
    try (TorchTensors tensors = TorchTensors.read(file)) {
      refused(
          file,
          ": expected a tensor \"wieght\", got weight, bias; did you mean \"weight\"?",
          () -> tensors.type("wieght"));
      String copyTo = "TorchTensors.copyTo: tensor \"bias\" is a float32 (4) but the target is a ";
      refusedArgument(copyTo + "float32 (2, 2)", () -> tensors.copyTo("bias", Tensor.zeros(2, 2)));
      refusedArgument(copyTo + "int32 (4)", () -> tensors.copyTo("bias", Tensor.intZeros(4)));
    }
  }

  @Test
  void everyCutOfALegacyFileIsRefused() throws IOException {
    everyCutIsRefused(TorchTensorsTest.file("legacy_views"), directory, TorchRefusalsTest::copy);
  }

  @Test
  void noChangeBreaksIt() throws IOException {
    for (String name : List.of("legacy_types", "views", "untyped")) {
      noChangeBreaksTheReader(TorchTensorsTest.file(name), directory, TorchRefusalsTest::copy);
    }
  }

  @Test
  void knowsItsFilesByTheirBeginning() throws IOException {
    byte[] legacy = Files.readAllBytes(TorchTensorsTest.file("legacy"));
    assertTrue(TorchTensors.begins(legacy));
    assertTrue(TorchTensors.begins(Files.readAllBytes(TorchTensorsTest.file("legacy_protocol5"))));
    assertFalse(TorchTensors.begins(new byte[0]));
    assertFalse(TorchTensors.begins(Arrays.copyOf(legacy, 14)));
    Path plain = Resources.resource("torch/plain.pkl");
    assertFalse(TorchTensors.begins(Files.readAllBytes(plain)));
    assertTrue(TorchTensors.isTorch(List.of("a/version", "a/data.pkl")));
    assertTrue(TorchTensors.isTorch(List.of("data.pkl")));
    assertFalse(TorchTensors.isTorch(List.of("a/b/data.pkl", "a/mydata.pkl")));
  }
}
