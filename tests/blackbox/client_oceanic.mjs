import { suite } from '../support/suite.mjs';
import { whole } from '../clients/scenario.mjs';
import * as library from '../clients/adapter_oceanic.mjs';

await suite('client_oceanic', (t) => whole(t, library), { seconds: 600 });
