// A name server for one suite: A and SRV records of a table, over UDP on loopback. What is not in the table does not
// exist; names in `mute` get no answer at all.
import dgram from 'node:dgram';

const types = { 1: 'A', 33: 'SRV' };
const no_such_name = 3;

export class NameServer {
    constructor() {
        /** 'A host.example' -> ['127.0.0.2'], 'SRV _x._tcp.host.example' -> [[priority, weight, port, host]] */
        this.records = {};
        this.mute = new Set();
        /** Questions in the order they came, as the keys of `records`. */
        this.asked = [];
    }

    static async listen(address, port = 53) {
        const server = new NameServer();
        server.socket = dgram.createSocket('udp4');
        server.socket.on('message', (query, from) => server.#answer(query, from));
        await new Promise((resolve, reject) => {
            server.socket.once('error', reject);
            server.socket.bind(port, address, resolve);
        });
        return server;
    }

    #answer(query, from) {
        const { name, type, end } = question_of(query);
        const key = `${types[type] ?? type} ${name}`;
        this.asked.push(key);
        if (this.mute.has(name)) return;
        const exists = Object.keys(this.records).some((one) => one.endsWith(` ${name}`));
        const found = this.records[key] ?? [];
        const head = Buffer.alloc(12);
        query.copy(head, 0, 0, 2);
        head.writeUInt16BE(0x8580 | (exists ? 0 : no_such_name), 2);
        head.writeUInt16BE(1, 4);
        head.writeUInt16BE(found.length, 6);
        const rows = found.map((value) => record(type, value));
        this.socket.send(Buffer.concat([head, query.subarray(12, end), ...rows]), from.port, from.address);
    }

    close() {
        this.socket.close();
    }
}

function question_of(query) {
    const labels = [];
    let at = 12;
    for (let length = query[at]; length > 0; length = query[at]) {
        labels.push(query.toString('latin1', at + 1, at + 1 + length));
        at += 1 + length;
    }
    return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function record(type, value) {
    const data = types[type] === 'A' ? Buffer.from(value.split('.').map(Number)) : service(value);
    const head = Buffer.alloc(12);
    head.writeUInt16BE(0xc00c, 0); // The name of the question.
    head.writeUInt16BE(type, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt32BE(1, 6);
    head.writeUInt16BE(data.length, 10);
    return Buffer.concat([head, data]);
}

function service([priority, weight, port, host]) {
    const numbers = Buffer.alloc(6);
    [priority, weight, port].forEach((number, index) => numbers.writeUInt16BE(number, 2 * index));
    const labels = host.split('.').flatMap((label) => [Buffer.from([label.length]), Buffer.from(label, 'latin1')]);
    return Buffer.concat([numbers, ...labels, Buffer.from([0])]);
}
