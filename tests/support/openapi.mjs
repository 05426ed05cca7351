// Judges JSON answers by the OpenAPI description of the API, where the contract is present.
import { contract_json, dependency } from './paths.mjs';

/** Answers of routes that the description does not know, by its own components. */
const beyond = {
    'GET /applications': { type: 'array', items: ref('PrivateApplicationResponse') },
    'POST /applications': ref('PrivateApplicationResponse'),
    'POST /guilds': ref('GuildResponse'),
    'POST /invites/{code}': ref('GuildInviteResponse'),
};

function ref(component) {
    return { $ref: `guildhall://openapi#/components/schemas/${component}` };
}

export class OpenApi {
    /** Null where the contract is missing. */
    static load() {
        const description = contract_json('discord-openapi.json');
        return description && new OpenApi(description);
    }

    constructor(description) {
        const Ajv = dependency('ajv/dist/2020').default;
        const add_formats = dependency('ajv-formats').default;
        this.ajv = new Ajv({ strict: false, allErrors: true, logger: false, inlineRefs: false });
        add_formats(this.ajv);
        this.ajv.addFormat('snowflake', true);
        this.ajv.addFormat('nonce', true);
        this.description = relax_unions(description);
        this.ajv.addSchema({ $id: 'guildhall://openapi', ...this.description });
        this.compiled = new Map();
    }

    has(method, template) {
        return this.description.paths[template]?.[method.toLowerCase()] !== undefined;
    }

    /**
     * What is wrong with this answer in words; empty when it is as described or nothing describes
     * it.
     */
    problem(method, template, status, json) {
        const described = this.description.paths[template]?.[method.toLowerCase()]?.responses;
        if (described && status < 400 && !described[status]) return `status ${status} is not documented`;
        if (status === 204) return '';
        const check = this.#check(method, template, status);
        if (!check || check(json)) return '';
        const lines = check.errors
            .slice(0, 6)
            .map((error) => `${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`);
        return `${lines.join('; ')} in ${JSON.stringify(json)?.slice(0, 600)}`;
    }

    /** What is wrong with `value` as the named component. */
    component_problem(component, value) {
        const check = this.#compile(component, ref(component));
        return check(value) ? '' : this.ajv.errorsText(check.errors.slice(0, 6));
    }

    #check(method, template, status) {
        const key = `${method} ${template}`;
        if (status >= 400) return this.#compile('error', ref('ErrorResponse'));
        const described = this.description.paths[template]?.[method.toLowerCase()]?.responses[status];
        if (described?.content?.['application/json']?.schema) {
            const path = [
                'paths',
                template,
                method.toLowerCase(),
                'responses',
                String(status),
                'content',
                'application/json',
                'schema',
            ];
            return this.#compile(`${key} ${status}`, {
                $ref: `guildhall://openapi#/${path.map(escape_pointer).join('/')}`,
            });
        }
        return beyond[key] && this.#compile(key, beyond[key]);
    }

    #compile(key, schema) {
        if (!this.compiled.has(key)) this.compiled.set(key, this.ajv.compile(schema));
        return this.compiled.get(key);
    }
}

function escape_pointer(part) {
    return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** `oneOf` in the description means "one of these kinds", and kinds overlap: any may match. */
function relax_unions(value) {
    if (Array.isArray(value)) return value.map(relax_unions);
    if (value === null || typeof value !== 'object') return value;
    const copy = {};
    for (const [key, inner] of Object.entries(value)) copy[key === 'oneOf' ? 'anyOf' : key] = relax_unions(inner);
    return copy;
}
