using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>What the scripted server says, as headers and body. Written by hand after the published documents, never with our writers.</summary>
internal static class Texts
{
    // As in a trace of a Lync 2013 registrar; the instance is the client's own.
    public static string Registered(SipRequest request) =>
        $"ms-keep-alive: UAS; tcp=no; hop-hop=yes; end-end=no; timeout=300\r\n"
        + $"Contact: <sip:10.0.0.5:4126;transport=tcp;ms-received-cid=2600>;expires=7200;+sip.instance=\"{request.Contact!.Parameters["+sip.instance"]}\""
        + $";gruu=\"sip:{request.From!.Uri.User}@contoso.com;opaque=user:epid:a1De4AWnzFmb-tN1kxQSMQAA;gruu\"\r\n"
        + $"Expires: 7200\r\npresence-state: register-action=\"{(request.CSeq!.Number == 1 ? "added" : "refreshed")}\"\r\nAllow-Events: vnd-microsoft-provisioning-v2,presence\r\n"
        + "Supported: adhoclist\r\nSupported: msrtc-event-categories\r\nServer: RTC/5.0\r\n";

    /// <summary>As <see cref="Registered(SipRequest)"/>, by a registrar that offers further event packages.</summary>
    public static string Registered(SipRequest request, params string[] events) =>
        Registered(request).Replace("Allow-Events: ", "Allow-Events: " + string.Concat(events.Select(name => name + ",")), StringComparison.Ordinal);

    public const string Provisioned =
        "Event: vnd-microsoft-provisioning-v2\r\nsubscription-state: terminated;expires=0\r\nExpires: 0\r\nms-piggyback-cseq: 1\r\n"
        + "Content-Type: application/vnd-microsoft-roaming-provisioning-v2+xml\r\n\r\n"
        + "<provisionGroupList xmlns=\"http://schemas.microsoft.com/2006/09/sip/provisiongrouplist-notification\">"
        + "<provisionGroup name=\"ServerConfiguration\"><focusFactoryUri>sip:alice@contoso.com;gruu;opaque=app:conf:focusfactory</focusFactoryUri>"
        + "<ucPC2PCAVEncryption>RequireEncryption</ucPC2PCAVEncryption></provisionGroup></provisionGroupList>";

    /// <summary>Has the server tell these groups of settings too.</summary>
    public static void Provision(ScriptedServer server, string groups) => server.Answers["SUBSCRIBE vnd-microsoft-provisioning-v2"] =
        request => server.Reply(request, 200, Provisioned.Replace("</provisionGroupList>", groups + "</provisionGroupList>", StringComparison.Ordinal));

    public static string ConferenceAdded(SipRequest request) => C3pResponse(
        request,
        "success",
        "<addConference><conference-info xmlns=\"urn:ietf:params:xml:ns:conference-info\" entity=\"" + ScriptedServer.FocusUri + "\"/></addConference>");

    public static string Joined(SipRequest request, string role = "attendee") => C3pResponse(
        request,
        "success",
        $"<addUser><conferenceKeys confEntity=\"{ScriptedServer.FocusUri}\"/><ci:user xmlns:ci=\"urn:ietf:params:xml:ns:conference-info\" "
        + $"entity=\"sip:{request.From!.Uri.User}@contoso.com\"><ci:roles><ci:entry>{role}</ci:entry></ci:roles></ci:user></addUser>");

    public static string C3pResponse(SipRequest request, string code, string result) =>
        "Content-Type: application/cccp+xml\r\n\r\n"
        + $"<response xmlns=\"urn:ietf:params:xml:ns:cccp\" C3PVersion=\"1\" requestId=\"{Attribute(request, "requestId")}\" from=\"{ScriptedServer.FocusUri}\" "
        + $"to=\"sip:{request.From!.Uri.User}@contoso.com\" code=\"{code}\">{result}</response>";

    public static string Roster(int version, params string[] users) =>
        "Event: conference\r\nsubscription-state: active;expires=3600\r\nExpires: 3600\r\nms-piggyback-cseq: 1\r\n" + RosterBody(version, "full", "full", users);

    public static string RosterBody(int version, string state, string usersState, params string[] users) =>
        "Content-Type: application/conference-info+xml\r\n\r\n"
        + $"<conference-info xmlns=\"urn:ietf:params:xml:ns:conference-info\" xmlns:msci=\"http://schemas.microsoft.com/rtc/2005/08/confinfoextensions\" "
        + $"entity=\"{ScriptedServer.FocusUri}\" state=\"{state}\" version=\"{version}\"><conference-description><subject>Standup</subject>"
        + "<msci:admission-policy>openAuthenticated</msci:admission-policy></conference-description>"
        + $"<users state=\"{usersState}\">{string.Concat(users)}</users></conference-info>";

    public static string User(SipRequest request, string role = "attendee") => User(request.From!.Uri.User, role);

    public static string User(string name, string role = "attendee", params string[] sessions) =>
        $"<user entity=\"sip:{name}@contoso.com\" state=\"full\"><display-text>{name}</display-text><roles><entry>{role}</entry></roles>"
        + "<endpoint entity=\"{F}\" session-type=\"focus\"><status>connected</status></endpoint>"
        + string.Concat(sessions.Select(session => $"<endpoint entity=\"{{{session}}}\" session-type=\"{session}\"><status>connected</status></endpoint>"))
        + "</user>";

    public static string Gone(string name) => $"<user entity=\"sip:{name}@contoso.com\" state=\"deleted\"/>";

    public static string Notification(string state = "active;expires=3600") => $"Event: conference\r\nsubscription-state: {state}\r\n";

    public static string Invitation(bool audio = true) =>
        $"<Conferencing version=\"2.0\"><focus-uri>{ScriptedServer.FocusUri}</focus-uri><subject>Standup</subject><im available=\"true\"><first-im/></im>"
        + $"<audio available=\"{(audio ? "true" : "false")}\"/></Conferencing>";

    // As a Lync 2013 client offers it.
    public const string MessageSdp =
        "v=0\r\no=- 0 0 IN IP4 10.0.0.7\r\ns=session\r\nc=IN IP4 10.0.0.7\r\nt=0 0\r\nm=message 5060 sip null\r\n"
        + "a=accept-types:text/plain multipart/alternative image/gif text/rtf text/html application/x-ms-ink application/ms-imdn+xml text/x-msmsgsinvite\r\n";

    /// <summary>An answer to an INVITE for messages; with headers like <c>Supported: ms-text-format</c>.</summary>
    public static string MessagesAccepted(string headers = "") => headers + "Content-Type: application/sdp\r\n\r\n" + MessageSdp;

    /// <summary>The headers of a first message: "Hello" and the like, in base64.</summary>
    public static string FirstMessage(string base64) => $"ms-text-format: text/plain; charset=UTF-8; ms-body={base64}\r\n";

    public static string Message(string text, string contentType = "text/plain; charset=UTF-8", string headers = "") => $"{headers}Content-Type: {contentType}\r\n\r\n{text}";

    // As SIPE writes it.
    public static string Typing(string status = "type", string headers = "") =>
        $"{headers}Content-Type: application/xml\r\n\r\n<?xml version=\"1.0\"?><KeyboardActivity><status status=\"{status}\"/></KeyboardActivity>";

    /// <summary>What the conversation is about, as LCS clients say it; as XML.</summary>
    public static string Subject(string xml) =>
        $"Content-Type: application/xml+conversationinfo\r\n\r\n<ConversationInfo><From uri=\"sip:alice@contoso.com\"/><Subject>{xml}</Subject></ConversationInfo>";

    /// <summary>What an IM MCU says became of a message ([MS-CONFIM] §2.2.1); recipients as <c>bob 408</c>.</summary>
    public static string Report(int id, params string[] failures) =>
        "Content-Type: application/ms-imdn+xml\r\n\r\n<?xml version=\"1.0\" encoding=\"utf-8\"?><imdn xmlns=\"http://schemas.microsoft.com/rtc/2005/08/imdn\">"
        + $"<message-id>{id}</message-id>" + string.Concat(failures.Select(failure => $"<recipient uri=\"&lt;sip:{failure.Split(' ')[0]}@contoso.com;opaque=user:epid:d7NL6;gruu&gt;\">"
            + $"<status>{failure.Split(' ')[1]}</status><entry><key>ms-diagnostics</key><value>6001;source=\"im.contoso.com\";reason=\"Request Timeout\";component=\"ImMcu\"</value></entry></recipient>"))
        + "</imdn>";

    /// <summary>The name of the command in a C3P request: the first element inside the root.</summary>
    public static string CommandOf(SipRequest request)
    {
        var text = request.BodyText;
        var root = text.IndexOf("<request", StringComparison.Ordinal);
        var start = text.IndexOf('<', root + 1) + 1;
        return text[start..text.IndexOfAny([' ', '>', '/'], start)];
    }

    /// <summary>The name of the command in a SOAP request: the first element inside the body, without its prefix.</summary>
    public static string SoapCommandOf(SipRequest request)
    {
        var text = request.BodyText;
        var start = text.IndexOf('<', text.IndexOf("Body", StringComparison.Ordinal)) + 1;
        var name = text[start..text.IndexOfAny([' ', '>', '/'], start)];
        return name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    public static string Attribute(SipRequest request, string name)
    {
        var text = request.BodyText;
        var start = text.IndexOf(name + "=\"", StringComparison.Ordinal) + name.Length + 2;
        return text[start..text.IndexOf('"', start)];
    }
}
