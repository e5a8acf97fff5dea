// Writes models.zip of src/test/resources/tfjs: models that TensorFlow.js itself built, saved and answered.
//
// A folder a model: model.json and its shards, x0.npy, .. what goes in, y0.npy, .. what TensorFlow.js gave.
//   npm install @tensorflow/tfjs@4.22.0 && node make_tfjs_files.js FOLDER, then zip what is in FOLDER.
// Quantized weights are laid out as tensorflowjs's quantization.py does; the answers are those of the weights
// that TensorFlow.js made of them.
const fs = require('fs');
const path = require('path');
const tf = require('@tensorflow/tfjs');

const out = process.argv[2];
const L = tf.layers;
let seed = 7;

/** A sequence of numbers of its own, the same wherever it runs. */
function uniform(low, high) {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return low + (high - low) * (seed / 2 ** 32);
}

function fill(model) {
  for (const weight of model.weights) {
    const variance = weight.originalName.includes('variance');
    const values = Float32Array.from({length: weight.shape.reduce((a, b) => a * b, 1)},
        () => variance ? uniform(0.5, 1.5) : uniform(-0.8, 0.8));
    weight.write(tf.tensor(values, weight.shape));
  }
}

function npy(file, shape, values) {
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  let head = `{'descr': '<f4', 'fortran_order': False, 'shape': (${dims}), }`;
  head += ' '.repeat((64 - (10 + head.length + 1) % 64) % 64) + '\n';
  const start = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, head.length & 255, head.length >> 8]);
  const data = Buffer.from(Float32Array.from(values).buffer);
  fs.writeFileSync(file, Buffer.concat([start, Buffer.from(head, 'latin1'), data]));
}

function half(value) {  // to the nearest, as the normal numbers that the weights are
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0];
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 255) - 112;
  if (exponent <= 0) return sign;
  const whole = (exponent << 10) | ((bits >>> 13) & 0x3ff);
  const rest = bits & 0x1fff;
  return sign | (rest > 0x1000 || (rest === 0x1000 && whole & 1) ? whole + 1 : whole);
}

/** As tensorflowjs's quantization.py. */
function quantized(spec, values, kind) {
  if (kind === 'float16') {
    const data = Uint16Array.from(values, half);
    return [{...spec, quantization: {dtype: 'float16', original_dtype: 'float32'}}, Buffer.from(data.buffer)];
  }
  const steps = kind === 'uint8' ? 255 : 65535;
  let min = Math.min(...values), max = Math.max(...values);
  min = Math.min(min, 0), max = Math.max(max, 0);
  let scale = max === min ? 1 : (max - min) / steps;
  const zero = Math.round(min / scale);
  min = zero * scale;
  const data = (kind === 'uint8' ? Uint8Array : Uint16Array).from(values, v => Math.round((v - min) / scale));
  return [{...spec, quantization: {dtype: kind, min, scale, original_dtype: 'float32'}}, Buffer.from(data.buffer)];
}

async function save(name, model, inputs, {quantize, shards = 1, groups = 1, converted = false,
  includeOptimizer = false} = {}) {
  const folder = path.join(out, name);
  fs.mkdirSync(folder, {recursive: true});
  fill(model);
  let artifacts;
  await model.save(tf.io.withSaveHandler(async a => {
    artifacts = a;
    return {modelArtifactsInfo: {dateSaved: new Date(0), modelTopologyType: 'JSON'}};
  }), {includeOptimizer});
  const all = Buffer.from(artifacts.weightData);
  let at = 0;
  const weights = artifacts.weightSpecs.map(spec => {
    const count = spec.shape.reduce((a, b) => a * b, 1);
    const data = all.subarray(at, at += 4 * count);
    const values = new Float32Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length));
    return quantize ? quantized(spec, values, quantize) : [spec, data];
  });
  const manifest = [];
  const per = Math.ceil(weights.length / groups);
  for (let group = 0; group < groups; group++) {
    const own = weights.slice(group * per, (group + 1) * per);
    const bytes = Buffer.concat(own.map(([_, data]) => data));
    const paths = [];
    const size = Math.ceil(bytes.length / shards) | 1;  // odd: arrays and numbers lie in two shards
    for (let shard = 0; shard < shards; shard++) {
      paths.push(`group${group + 1}-shard${shard + 1}of${shards}.bin`);
      fs.writeFileSync(path.join(folder, paths[shard]), bytes.subarray(shard * size, (shard + 1) * size));
    }
    manifest.push({paths, weights: own.map(([spec]) => spec)});
  }
  const topology = converted
      ? {keras_version: '2.15.0', backend: 'tensorflow',
         model_config: {class_name: artifacts.modelTopology.class_name, config: artifacts.modelTopology.config}}
      : artifacts.modelTopology;
  const json = {
    format: artifacts.format,
    generatedBy: converted ? 'keras v2.15.0' : artifacts.generatedBy,
    convertedBy: converted ? 'TensorFlow.js Converter v4.22.0' : artifacts.convertedBy,
    ...(converted ? {weightsManifest: manifest, modelTopology: topology} : {modelTopology: topology, weightsManifest: manifest}),
  };
  fs.writeFileSync(path.join(folder, 'model.json'), JSON.stringify(json));

  // Read again, so that the answers are those of what the files hold.
  const shardsOf = manifest.flatMap(group => group.paths).map(file => fs.readFileSync(path.join(folder, file)));
  const data = Buffer.concat(shardsOf);
  const read = await tf.loadLayersModel({load: async () => ({
    modelTopology: topology,
    weightSpecs: manifest.flatMap(group => group.weights).filter(spec => spec.group !== 'optimizer'),
    weightData: data.buffer.slice(data.byteOffset, data.byteOffset + data.length),
  })});
  const x = inputs.map(([shape, kind, of]) => {
    const values = Float32Array.from({length: shape.reduce((a, b) => a * b, 1)},
        () => kind === 'ids' ? Math.floor(uniform(0, of)) : uniform(-2, 2));
    return tf.tensor(values, shape);
  });
  let y = read.predict(x.length === 1 ? x[0] : x);
  y = Array.isArray(y) ? y : [y];
  x.forEach((each, i) => npy(path.join(folder, `x${i}.npy`), each.shape, each.dataSync()));
  y.forEach((each, i) => npy(path.join(folder, `y${i}.npy`), each.shape, each.dataSync()));
}

function chain(...layers) {
  const model = tf.sequential();
  layers.forEach(layer => model.add(layer));
  return model;
}

async function main() {
  const seq = [3, 6, 3];
  await save('lstm', chain(L.lstm({units: 4, inputShape: [6, 3]}), L.dense({units: 2})), [[seq]]);
  await save('lstm_sigmoid', chain(
      L.lstm({units: 4, inputShape: [null, 3], recurrentActivation: 'sigmoid', returnSequences: true}),
      L.timeDistributed({layer: L.dense({units: 2, activation: 'softmax'})})), [[seq]]);
  await save('gru', chain(L.gru({units: 4, inputShape: [6, 3]}), L.dense({units: 1, activation: 'sigmoid'})), [[seq]]);
  await save('rnn', chain(L.simpleRNN({units: 4, inputShape: [6, 3], goBackwards: true})), [[seq]]);
  await save('bidirectional', chain(
      L.bidirectional({layer: L.lstm({units: 3, returnSequences: true}), mergeMode: 'sum', inputShape: [6, 3]}),
      L.bidirectional({layer: L.gru({units: 2}), mergeMode: 'concat'}), L.dense({units: 2})), [[seq]]);
  await save('stacked', chain(
      L.lstm({units: 5, inputShape: [6, 3], returnSequences: true, useBias: false}), L.dropout({rate: 0.2}),
      L.lstm({units: 4, returnSequences: true, activation: 'softsign', unitForgetBias: true}), L.lstm({units: 3}),
      L.dense({units: 2, activation: 'relu'})), [[seq]], {shards: 2});
  await save('embedding', chain(
      L.embedding({inputDim: 9, outputDim: 3, maskZero: true, inputLength: 7}), L.lstm({units: 4}),
      L.dense({units: 1, activation: 'sigmoid'})), [[[4, 7], 'ids', 3]]);
  await save('convolutions', chain(
      L.conv1d({filters: 4, kernelSize: 3, padding: 'same', activation: 'relu', inputShape: [8, 3]}),
      L.maxPooling1d({poolSize: 2}), L.conv1d({filters: 3, kernelSize: 2, padding: 'same', dilationRate: 2}),
      L.averagePooling1d({poolSize: 2, strides: 1, padding: 'same'}), L.gru({units: 3, returnSequences: true}),
      L.globalMaxPooling1d({})), [[[3, 8, 3]]]);
  await save('normalized', chain(
      L.dense({units: 4, inputShape: [5, 3], activation: 'elu'}), L.layerNormalization({}),
      L.batchNormalization({}), L.lstm({units: 3}), L.batchNormalization({scale: false}),
      L.leakyReLU({alpha: 0.1}), L.dense({units: 2, activation: 'hardSigmoid'})), [[[3, 5, 3]]], {groups: 3});
  await save('heads', chain(
      L.flatten({inputShape: [4, 3]}), L.dense({units: 6, activation: 'selu'}), L.reshape({targetShape: [3, 2]}),
      L.permute({dims: [2, 1]}), L.lstm({units: 2, returnSequences: true}), L.flatten(),
      L.dense({units: 3, activation: 'softplus'}), L.dense({units: 3, activation: 'softmax'})), [[[4, 4, 3]]]);
  {
    const past = tf.input({shape: [6, 3], name: 'past'});
    const site = tf.input({shape: [2], name: 'site'});
    const h = L.lstm({units: 4, name: 'reader'}).apply(past);
    const both = L.concatenate({name: 'both'}).apply([h, L.dense({units: 3, name: 'of_site'}).apply(site)]);
    const load = L.dense({units: 1, name: 'load'}).apply(both);
    const kind = L.dense({units: 2, name: 'kind', activation: 'softmax'}).apply(both);
    await save('functional', tf.model({inputs: [past, site], outputs: [load, kind]}), [[seq], [[3, 2]]]);
  }
  {
    const x = tf.input({shape: [6, 3], name: 'x'});
    const shared = L.lstm({units: 3, name: 'shared', returnSequences: true});
    const one = shared.apply(x);
    const two = shared.apply(L.dense({units: 3, name: 'other'}).apply(x));
    const sum = L.add({name: 'sum'}).apply([one, two]);
    await save('shared', tf.model({inputs: x, outputs: L.globalAveragePooling1d({}).apply(sum)}), [[seq]]);
  }
  {
    const inner = tf.sequential({name: 'inner'});
    inner.add(L.dense({units: 4, inputShape: [3], activation: 'tanh'}));
    inner.add(L.batchNormalization({}));
    const x = tf.input({shape: [6, 3], name: 'x'});
    const h = L.lstm({units: 3, name: 'reader'}).apply(x);
    await save('nested', tf.model({inputs: x, outputs: L.dense({units: 2, name: 'end'}).apply(inner.apply(h))}), [[seq]]);
  }
  await save('converted', chain(
      L.masking({maskValue: 0, inputShape: [6, 3]}), L.lstm({units: 4, recurrentActivation: 'sigmoid'}),
      L.dense({units: 2})), [[seq]], {converted: true, shards: 3});
  for (const quantize of ['uint8', 'uint16', 'float16']) {
    await save(quantize, chain(
        L.bidirectional({layer: L.lstm({units: 3}), mergeMode: 'concat', inputShape: [6, 3]}),
        L.dense({units: 2})), [[seq]], {quantize, shards: 2});
  }
  await save('activations', chain(
      L.dense({units: 4, inputShape: [5, 3], activation: 'swish'}), L.activation({activation: 'mish'}),
      L.elu({}), L.dense({units: 4, activation: 'gelu'}), L.thresholdedReLU({theta: 0.1}),
      L.dense({units: 4, activation: 'hardSigmoid'}), L.reLU({maxValue: 0.9}), L.spatialDropout1d({rate: 0.1}),
      L.dense({units: 4, activation: 'relu6'}), L.gaussianNoise({stddev: 1}), L.gaussianDropout({rate: 0.1}), L.alphaDropout({rate: 0.1}),
      L.lstm({units: 3, activation: 'selu', recurrentActivation: 'softsign', returnSequences: true}),
      L.softmax({axis: -1}), L.globalAveragePooling1d({}), L.repeatVector({n: 2})), [[[3, 5, 3]]]);
  {
    const x = tf.input({shape: [4, 2], name: 'x'});
    const d = tf.input({shape: [3, 2], name: 'd'});
    const [, h, c] = L.lstm({units: 3, returnState: true, name: 'encoder'}).apply(x);
    const y = L.lstm({units: 3, returnSequences: true, name: 'decoder'}).apply(d, {initialState: [h, c]});
    await save('encoder_decoder', tf.model({inputs: [x, d], outputs: L.dense({units: 2}).apply(y)}),
        [[[3, 4, 2]], [[3, 3, 2]]]);
  }
  {
    const x = tf.input({shape: [6, 3], name: 'x'});
    const a = L.dense({units: 3, name: 'a'}).apply(x);
    const both = L.multiply({name: 'product'}).apply([L.average({name: 'mean'}).apply([a, x]), a]);
    const joined = L.concatenate({axis: 1, name: 'joined'}).apply([both, x]);
    await save('merges', tf.model({inputs: x, outputs: L.simpleRNN({units: 2}).apply(joined)}), [[seq]]);
  }
  {
    const model = chain(L.lstm({units: 3, inputShape: [6, 3]}), L.dense({units: 2}));
    model.compile({optimizer: 'adam', loss: 'meanSquaredError'});
    await model.fit(tf.ones([2, 6, 3]), tf.ones([2, 2]), {epochs: 1, verbose: 0});
    await save('trained', model, [[seq]], {includeOptimizer: true});
  }
}

main();
