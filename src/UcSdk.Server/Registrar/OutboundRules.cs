using System.Globalization;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>When a REGISTER binds a flow of its own (RFC 5626 §6).</summary>
internal static class OutboundRules
{
    /// <summary>The option tag.</summary>
    public const string Tag = "outbound";

    /// <summary>The Contact parameter that numbers the flows of an endpoint.</summary>
    public const string FlowNumber = "reg-id";

    /// <summary>The number of the flow that the Contact asks for; 0 when it asks for none.</summary>
    public static int FlowNumberOf(SipRequest register, NameAddr contact) =>
        register.Headers.HasToken(HeaderName.Supported, Tag) && contact.Parameters["+sip.instance"] is not null ? ReadNumber(contact) : 0;

    /// <summary>Refuses what cannot be bound so; null for what can, and for what does not ask for it.</summary>
    public static ServerAnswer? Refuse(SipRequest register, IReadOnlyList<NameAddr> contacts)
    {
        if (!contacts.Any(contact => FlowNumberOf(register, contact) > 0))
        {
            return null;
        }

        if (contacts.Count > 1)
        {
            return new ServerAnswer(StatusCode.BadRequest, "More Than One Contact With reg-id");
        }

        // Between us and the client must be nobody, or an edge proxy that keeps the flow: it put itself into Path first, and is the last there.
        var isDirect = register.Headers.GetList(HeaderName.Via).Take(2).Count() == 1;
        return isDirect || (register.Headers.GetList(HeaderName.Path).LastOrDefault() is { } edge && NameAddr.TryParse(edge, out var address) && address.Uri.Parameters.Contains("ob"))
            ? null
            : new ServerAnswer(StatusCode.FirstHopLacksOutboundSupport);
    }

    private static int ReadNumber(NameAddr contact) =>
        int.TryParse(contact.Parameters[FlowNumber], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
