import { suite } from '../support/suite.mjs';
import { whole } from '../clients/scenario.mjs';
import * as library from '../clients/adapter_discordjs.mjs';

await suite('client_discordjs', (t) => whole(t, library), { seconds: 600 });
