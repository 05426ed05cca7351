import { suite } from '../support/suite.mjs';
import { whole } from '../clients/scenario.mjs';
import * as library from '../clients/adapter_eris.mjs';

await suite('client_eris', (t) => whole(t, library), { seconds: 600 });
