namespace UcSdk.Sip;

/// <summary>
/// What a header field with a signature says ([MS-SIPAE] §2.2), as bytes of that field and without their quotes: reader for what comes, and what
/// <see cref="SignatureText"/> takes for what goes. Escapes stay as they are, since what is signed is what stands there.
/// </summary>
internal ref struct SignatureField
{
    // As many as AuthField takes: a real field has nine.
    public const int MaxParameters = AuthField.MaxParameters;

    public ReadOnlySpan<byte> Scheme;
    public ReadOnlySpan<byte> Protection;
    public ReadOnlySpan<byte> Realm;
    public ReadOnlySpan<byte> Target;
    public ReadOnlySpan<byte> Opaque;

    /// <summary>crand or srand: eight hexadecimal digits of salt.</summary>
    public ReadOnlySpan<byte> Salt;

    /// <summary>cnum or snum: a decimal number from 1.</summary>
    public ReadOnlySpan<byte> Number;

    /// <summary>response or rspauth: the signature in hexadecimal digits of either case.</summary>
    public ReadOnlySpan<byte> Code;

    /// <summary>Reads Authorization of a client, or Authentication-Info of a server, and their proxy forms; false when it is of no such form, or something stands there twice.</summary>
    /// <param name="value">The field's value.</param>
    /// <param name="signer">Whose it is: parameters of the other side mean nothing.</param>
    /// <param name="field">What it says; what is absent is empty.</param>
    public static bool TryRead(ReadOnlySpan<byte> value, AssociationRole signer, out SignatureField field)
    {
        field = default;
        var end = Scan.IndexOfAny(value, (byte)' ', (byte)'\t');
        if (end <= 0 || !Scan.IsAllOf(value[..end], SipGrammar.TokenBytes))
        {
            return false;
        }

        field.Scheme = value[..end];
        var at = end;
        for (var count = 0; ; count++)
        {
            at = Scan.SkipBlanks(value, at, value.Length);
            if (at == value.Length)
            {
                return count > 0;
            }

            if (count == MaxParameters || !TryReadParameter(value, ref at, out var name, out var text) || !field.TryKeep(signer, name, text))
            {
                return false;
            }

            at = Scan.SkipBlanks(value, at, value.Length);
            if (at < value.Length && value[at++] != ',')
            {
                return false;
            }
        }
    }

    private static bool TryReadParameter(ReadOnlySpan<byte> value, scoped ref int at, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> text)
    {
        text = default;
        var equals = Scan.IndexOf(value[at..], (byte)'=');
        name = equals < 0 ? default : value[at..Scan.TrimEnd(value, at, at + equals)];
        if (name.IsEmpty || !Scan.IsAllOf(name, SipGrammar.TokenBytes))
        {
            return false;
        }

        at = Scan.SkipBlanks(value, at + equals + 1, value.Length);
        if (at < value.Length && value[at] == '"')
        {
            var close = Scan.FindQuoteEnd(value, at);
            if (close < 0)
            {
                return false;
            }

            text = value[(at + 1)..close];
            at = close + 1;
            return true;
        }

        var comma = Scan.IndexOf(value[at..], (byte)',');
        var end = comma < 0 ? value.Length : at + comma;
        text = value[at..Scan.TrimEnd(value, at, end)];
        at = end;
        return !text.IsEmpty && Scan.IndexOfAny(text, (byte)' ', (byte)'"') < 0;
    }

    private bool TryKeep(AssociationRole signer, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        var isClient = signer == AssociationRole.Client;
        if (Scan.EqualsIgnoreCase(name, "qop"u8))
        {
            return TrySet(ref Protection, text);
        }

        if (Scan.EqualsIgnoreCase(name, "realm"u8))
        {
            return TrySet(ref Realm, text);
        }

        if (Scan.EqualsIgnoreCase(name, "targetname"u8))
        {
            return TrySet(ref Target, text);
        }

        if (Scan.EqualsIgnoreCase(name, "opaque"u8))
        {
            return TrySet(ref Opaque, text);
        }

        if (Scan.EqualsIgnoreCase(name, isClient ? "crand"u8 : "srand"u8))
        {
            return TrySet(ref Salt, text);
        }

        if (Scan.EqualsIgnoreCase(name, isClient ? "cnum"u8 : "snum"u8))
        {
            return TrySet(ref Number, text);
        }

        return !Scan.EqualsIgnoreCase(name, isClient ? "response"u8 : "rspauth"u8) || TrySet(ref Code, text);
    }

    // A parameter that stands there twice can be read in two ways, and one of them was signed.
    private static bool TrySet(ref ReadOnlySpan<byte> place, ReadOnlySpan<byte> text)
    {
        var isFirst = place.IsEmpty;
        place = text;
        return isFirst;
    }
}
