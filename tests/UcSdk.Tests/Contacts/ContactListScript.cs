using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>A server's side of a contact list, said by hand after [MS-SIP] §2.2.4.1 and §3.7.</summary>
internal sealed class ContactListScript
{
    public const string Event = "vnd-microsoft-roaming-contacts";
    private const string Type = "application/vnd-microsoft-roaming-contacts+xml";
    private readonly Lab _lab;

    public ContactListScript(Lab lab)
    {
        _lab = lab;
        lab.Server.Answers["REGISTER"] = request => lab.Server.Reply(request, 200, Texts.Registered(request, Event));
        lab.Server.Answers["SUBSCRIBE " + Event] = Subscribed;
    }

    /// <summary>The whole list, as the next subscription gets it.</summary>
    public string List { get; set; } =
        """
        <contactList deltaNum="7"><group id="1" name="~" externalURI=""/><group id="2" name="Work" externalURI=""/>
        <contact uri="bob@contoso.com" name="" groups="1 2" subscribed="true" externalURI=""/>
        <contact uri="carol@contoso.com" name="Carol C" groups="2" subscribed="true" externalURI=""/></contactList>
        """;

    public int Subscriptions { get; private set; }

    public Task<SipResponse?> Subscribed(SipRequest request)
    {
        if (request.Headers[HeaderName.Expires] == "0")
        {
            return _lab.Server.Reply(request, 200, $"Event: {Event}\r\nExpires: 0\r\nsubscription-state: terminated;expires=0\r\nms-piggyback-cseq: 1\r\n\r\n");
        }

        Subscriptions++;
        return _lab.Server.Reply(
            request,
            200,
            $"Event: {Event}\r\nsubscription-state: active;expires=28800\r\nExpires: 28800\r\nms-piggyback-cseq: 1\r\nSupported: ms-benotify, ms-piggyback-first-notify\r\n"
            + $"Content-Type: {Type}\r\n\r\n{List}");
    }

    /// <summary>Answers a command with 200 and tells the change by BENOTIFY, in either order.</summary>
    public void Take(string command, Func<SipRequest, string> delta, string answer = "\r\n", bool notifiesFirst = false) =>
        _lab.Server.Answers["SERVICE " + command] = async request =>
        {
            if (notifiesFirst)
            {
                await NotifyAsync(delta(request));
                return await _lab.Server.Reply(request, 200, answer);
            }

            await _lab.Server.RespondAsync(request, 200, answer);
            await NotifyAsync(delta(request));
            return null;
        };

    public Task NotifyAsync(string body, string state = "active;expires=28000", string method = "BENOTIFY") => _lab.Server.SendInDialogAsync(
        Event, method, $"Event: {Event}\r\nsubscription-state: {state}\r\n" + (body.Length == 0 ? "\r\n" : $"Content-Type: {Type}\r\n\r\n{body}"));

    /// <summary>What a SOAP request says between the tags of that local name.</summary>
    public static string Said(SipRequest request, string name)
    {
        var text = request.BodyText;
        var at = text.IndexOf($":{name}>", StringComparison.Ordinal);
        at = at < 0 ? text.IndexOf($"<{name}>", StringComparison.Ordinal) : at;
        if (at < 0)
        {
            return "";
        }

        var start = text.IndexOf('>', at) + 1;
        return text[start..text.IndexOf('<', start)];
    }
}
