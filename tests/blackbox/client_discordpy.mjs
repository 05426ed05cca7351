import { suite } from '../support/suite.mjs';
import { whole } from '../clients/scenario.mjs';
import * as library from '../clients/adapter_discordpy.mjs';

await suite('client_discordpy', (t) => whole(t, library), { seconds: 600 });
