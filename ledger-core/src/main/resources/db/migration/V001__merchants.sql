-- Tenants and their access. Everything else in the schema begins with merchant_id.

CREATE TABLE merchant (
  id               uuid        NOT NULL CONSTRAINT merchant_pkey PRIMARY KEY,
  name             text        NOT NULL,
  fee_basis_points integer     NOT NULL DEFAULT 0,
  fee_fixed        jsonb       NOT NULL DEFAULT '{}',
  created_at       timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT merchant_name_length CHECK (length(name) BETWEEN 1 AND 200),
  CONSTRAINT merchant_fee_basis_points_range CHECK (fee_basis_points BETWEEN 0 AND 10000),
  CONSTRAINT merchant_fee_fixed_object CHECK (jsonb_typeof(fee_fixed) = 'object')
);
COMMENT ON COLUMN merchant.fee_basis_points IS
  'Our fee in 1/100 of a percent; copied to each charge at acceptance, so that a new price never changes an old charge';
COMMENT ON COLUMN merchant.fee_fixed IS
  'Currency -> fixed part of the fee in minor units; a currency that is not listed has none';

CREATE TABLE api_key (
  hash        bytea       NOT NULL CONSTRAINT api_key_pkey PRIMARY KEY,
  role        text        NOT NULL,
  merchant_id uuid        CONSTRAINT api_key_merchant REFERENCES merchant (id),
  hint        text        NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  revoked_at  timestamptz,
  CONSTRAINT api_key_hash_length CHECK (length(hash) = 32),
  CONSTRAINT api_key_role_known CHECK (role IN ('merchant', 'operator')),
  CONSTRAINT api_key_merchant_has_one CHECK ((role = 'merchant') = (merchant_id IS NOT NULL))
);
COMMENT ON COLUMN api_key.hash IS
  'SHA-256 of the key. The key itself is random and long, so a slow hash would add cost and no safety; it is stored nowhere';
COMMENT ON COLUMN api_key.hint IS 'The last characters of the key, to tell keys apart on a page';

-- The id as the API writes it (a TypeID: prefix and 26 characters of Crockford base 32), so that
-- what an operator reads in SQL can be pasted into a URL.
CREATE FUNCTION public_id(prefix text, id uuid) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN prefix || (
    SELECT string_agg(
             substr('0123456789abcdefghjkmnpqrstvwxyz',
                    substring(bits.value FROM 5 * i + 1 FOR 5)::bit(5)::integer + 1, 1),
             '' ORDER BY i)
    FROM (SELECT B'00' || ('x' || replace(id::text, '-', ''))::bit(128) AS value) AS bits,
         generate_series(0, 25) AS i);
