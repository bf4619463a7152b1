using System.Globalization;

namespace UcSdk.Sip;

/// <summary>The REGISTERs of an endpoint (RFC 3261 §10.2, RFC 5626 §4.2.1, RFC 5627 §4.2, RFC 3327).</summary>
internal static class RegistrationRequests
{
    public const string OutboundTag = "outbound";
    public const string GruuTag = "gruu";
    public const string PathTag = "path";
    public const string RegId = "reg-id";
    public const string Instance = "+sip.instance";

    /// <summary>What the endpoint binds: its Contacts, the first with the number of the flow where it asks for outbound.</summary>
    public static IReadOnlyList<NameAddr> Contacts(RegistrationOptions options, bool isOutbound)
    {
        var first = isOutbound && options.RegId is { } number
            ? options.Contact.WithParameter(RegId, number.ToString(CultureInfo.InvariantCulture))
            : options.Contact;
        return [first, .. options.MoreContacts];
    }

    /// <summary>A REGISTER.</summary>
    /// <param name="core">The core that sends it.</param>
    /// <param name="options">Whose it is.</param>
    /// <param name="callId">The Call-ID.</param>
    /// <param name="cseq">The sequence number.</param>
    /// <param name="contacts">What stands in Contact; empty for a question (§10.2.3).</param>
    /// <param name="expires">What is asked for; null leaves it to the registrar.</param>
    /// <param name="isOutbound">Whether outbound is asked for.</param>
    public static SipRequest Create(
        SipCore core, RegistrationOptions options, string callId, uint cseq, IEnumerable<string> contacts, TimeSpan? expires, bool isOutbound)
    {
        var register = new SipRequest(SipMethod.Register, options.Registrar ?? SipUri.Create("", options.Aor.Host));
        var from = new NameAddr(options.Aor).WithParameter("tag", core.Context.NewTag());
        register.Headers.Add(HeaderName.MaxForwards, "70");
        register.Headers.Add(HeaderName.From, (options.Epid is { } epid ? from.WithParameter("epid", epid) : from).ToString());
        register.Headers.Add(HeaderName.To, new NameAddr(options.Aor).ToString());
        register.Headers.Add(HeaderName.CallId, callId);
        register.Headers.Add(HeaderName.CSeq, new CSeq(cseq, SipMethod.Register).ToString());
        foreach (var contact in contacts)
        {
            register.Headers.Add(HeaderName.Contact, contact);
        }

        if (expires is { } life)
        {
            register.Headers.Add(HeaderName.Expires, ((long)life.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        }

        string[] supported = [.. Supported(options, isOutbound)];
        if (supported.Length > 0)
        {
            register.Headers.Add(HeaderName.Supported, string.Join(", ", supported));
        }

        core.Identify(register);
        options.Edit?.Invoke(register);
        return register;
    }

    // RFC 5626 §4.2.1: who asks for outbound supports Path too, since the edge proxy puts itself there.
    private static IEnumerable<string> Supported(RegistrationOptions options, bool isOutbound)
    {
        if (options.SupportsPath || isOutbound)
        {
            yield return PathTag;
        }

        if (isOutbound)
        {
            yield return OutboundTag;
        }

        if (options.RequestGruu)
        {
            yield return GruuTag;
        }
    }
}
