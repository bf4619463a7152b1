using System.Reflection;
using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>Each habit of real peers (<see cref="PeerHabit"/>), as a conversation with one who has it.</summary>
public sealed class PeerHabitTests
{
    private const string Head = "From: <sip:bob@peer.test>;tag=peertag\nTo: <sip:alice@self.test>\nMax-Forwards: 70\n";

    private readonly PeerWire _stream = PeerWire.Reliable();
    private readonly PeerWire _datagrams = PeerWire.Datagram();
    private readonly List<IncomingRequest> _requests = [];
    private InviteSession? _session;

    public PeerHabitTests()
    {
        _stream.Endpoint.RequestReceived = _requests.Add;
        _datagrams.Endpoint.RequestReceived = _requests.Add;
    }

    [Fact]
    public void Every_habit_has_its_conversation()
    {
        var shown = typeof(PeerHabitTests).GetMethods().SelectMany(method => method.GetCustomAttributes<TraitAttribute>()).Select(trait => trait.Value).Distinct();
        Assert.Equal(Enum.GetNames<PeerHabit>().Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait(nameof(PeerHabit), nameof(PeerHabit.MissingBranch))]
    public void Requests_without_a_branch_are_known_again_cancelled_and_acknowledged()
    {
        const string NoBranch = "Via: SIP/2.0/UDP peer.test:5070\n" + Head + "Call-ID: old\n";
        _datagrams.Says($"INVITE sip:alice@self.test SIP/2.0\n{NoBranch}CSeq: 1 INVITE\n\n");
        _datagrams.Says($"INVITE sip:alice@self.test SIP/2.0\n{NoBranch}CSeq: 1 INVITE\n\n");
        Assert.Single(_requests);
        _datagrams.Says($"CANCEL sip:alice@self.test SIP/2.0\n{NoBranch}CSeq: 1 CANCEL\n\n");
        _datagrams.ExpectResponse(200);
        _datagrams.ExpectResponse(487);
        _datagrams.Says($"ACK sip:alice@self.test SIP/2.0\n{NoBranch}CSeq: 1 ACK\n\n");
        _datagrams.Says($"INVITE sip:alice@self.test SIP/2.0\n{NoBranch}CSeq: 2 INVITE\n\n");
        Assert.Equal(2, _requests.Count);
    }

    [Fact]
    [Trait(nameof(PeerHabit), nameof(PeerHabit.ReusedBranch))]
    public void REGISTERs_with_one_branch_are_requests_of_their_own()
    {
        Register(1, "one");
        Answer(401);
        Register(2, "one");
        Answer(200);
        // Each of them comes again, and gets its own answer again.
        Register(2, "one");
        Assert.Equal("2 REGISTER", _datagrams.ExpectResponse(200).CSeq!.ToString());
        Register(1, "one");
        Assert.Equal("1 REGISTER", _datagrams.ExpectResponse(401).CSeq!.ToString());
        Register(1, "another");
        Answer(403);
        Assert.Equal(3, _requests.Count);

        // The first has gone, the second is still known.
        _datagrams.Advance(64 * Messages.T1);
        Assert.Equal(0, _datagrams.Counts.Transactions);
        Register(3, "one");
        _datagrams.Advance(TimeSpan.FromSeconds(20));
        Register(4, "one");
        Answer(200);
        _datagrams.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(1, _datagrams.Counts.Transactions);
        Register(4, "one");
        _datagrams.ExpectResponse(200);
        _datagrams.ExpectNothingLeft();
    }

    [Fact]
    [Trait(nameof(PeerHabit), nameof(PeerHabit.ReusedBranch))]
    public void INVITEs_with_one_branch_have_their_own_CANCEL_and_ACK()
    {
        Say("INVITE", 1);
        Say("INVITE", 2);
        Say("CANCEL", 2);
        Assert.Equal("2 CANCEL", _datagrams.ExpectResponse(200).CSeq!.ToString());
        Assert.Equal("2 INVITE", _datagrams.ExpectResponse(487).CSeq!.ToString());
        Say("ACK", 2);
        Assert.Equal((true, false), (_requests[1].IsAnswered, _requests[0].IsAnswered));
        _datagrams.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal("1 INVITE", _datagrams.ExpectResponse(100).CSeq!.ToString());
        _datagrams.Advance(TimeSpan.FromSeconds(31));
        _datagrams.ExpectNothing();

        void Say(string method, int number) => _datagrams.Says(Messages.FromPeer(method, number, "z9hG4bKsame"));
    }

    [Fact]
    [Trait(nameof(PeerHabit), nameof(PeerHabit.ResentWithCredentials))]
    public void A_challenged_request_may_come_again_with_its_number_and_branch()
    {
        _stream.Says(Messages.FromPeer("REGISTER"));
        _stream.Do(() => _requests[0].Respond(401));
        _stream.ExpectResponse(401);
        _stream.Says(Messages.FromPeer("REGISTER", more: "Authorization: Digest username=\"bob\""));
        _stream.Do(() => _requests[1].Respond(200));
        Assert.Equal("1 REGISTER", _stream.ExpectResponse(200).CSeq!.ToString());
    }

    [Fact]
    [Trait(nameof(PeerHabit), nameof(PeerHabit.OddNames))]
    public void Names_in_capitals_small_letters_and_compact_form_are_the_same_names()
    {
        _stream.Says("MESSAGE sip:alice@self.test SIP/2.0\nv: SIP/2.0/TCP peer.test;branch=z9hG4bKodd\nFROM : <sip:bob@peer.test>;tag=peertag\nt:<sip:alice@self.test>\n" +
            "CALL-ID\t: odd\ncseq: 1 MESSAGE\nMAX-forwards: 70\nc: text/plain\n\nhello");
        Assert.Equal(("odd", "text/plain", "hello"), (_requests[0].Request.CallId, _requests[0].Request.ContentType, _requests[0].Request.BodyText));
        _stream.Do(() => _requests[0].Respond(200));
        var ok = _stream.ExpectResponse(200);
        Assert.Equal(("odd", "peertag"), (ok.CallId, ok.From!.Tag));
    }

    [Fact]
    [Trait(nameof(PeerHabit), nameof(PeerHabit.FoldedFields))]
    public void A_field_may_go_on_in_the_next_line()
    {
        _stream.Says("MESSAGE sip:alice@self.test SIP/2.0\nVia: SIP/2.0/TCP peer.test\n ;branch=z9hG4bKfold\nFrom:\n\t<sip:bob@peer.test>\n ;tag=peertag\nTo: <sip:alice@self.test>\n" +
            "Call-ID: fold\nCSeq: 1\n  MESSAGE\nSubject: one\n two\n\n");
        var request = _requests[0].Request;
        Assert.Equal(("one two", "peertag", "z9hG4bKfold"), (request.Headers[HeaderName.Subject], request.From!.Tag, request.TopVia!.Branch));
    }

    [Fact]
    [Trait(nameof(PeerHabit), nameof(PeerHabit.BareLineFeeds))]
    public void Lines_may_end_with_LF_alone()
    {
        var text = "MESSAGE sip:alice@self.test SIP/2.0\nVia: SIP/2.0/TCP peer.test;branch=z9hG4bKlf\n" + Head + "Call-ID: lf\nCSeq: 1 MESSAGE\nContent-Length: 5\n\nhello";
        _stream.SaysBytes(text);
        Assert.Equal("hello", _requests[0].Request.BodyText);
        Assert.Equal([text, text], Frames(text + text));
    }

    [Fact]
    [Trait(nameof(PeerHabit), nameof(PeerHabit.StrayLineEnds))]
    public void Line_ends_before_and_between_messages_are_passed_over()
    {
        const string Text = "MESSAGE sip:alice@self.test SIP/2.0\r\nVia: SIP/2.0/TCP peer.test;branch=z9hG4bKcr\r\nFrom: <sip:bob@peer.test>;tag=1\r\nTo: <sip:alice@self.test>\r\n" +
            "Call-ID: cr\r\nCSeq: 1 MESSAGE\r\nContent-Length: 0\r\n\r\n";
        Assert.Equal([Text, Text], Frames("\r\n" + Text + "\r\n\r\n\r\n" + Text + "\r\n"));
        _stream.SaysBytes("\r\n\r\n");
        _stream.SaysBytes("\r\n\n" + Text);
        Assert.Single(_requests);
        _stream.ExpectNothing();
    }

    [Fact]
    [Trait(nameof(PeerHabit), nameof(PeerHabit.LowerCaseTransport))]
    public void A_transport_in_small_letters_is_taken_and_echoed()
    {
        _stream.Says("MESSAGE sip:alice@self.test SIP/2.0\nVia: SIP/2.0/tls peer.test;branch=z9hG4bKlower\n" + Head + "Call-ID: lower\nCSeq: 1 MESSAGE\n\n");
        _stream.Do(() => _requests[0].Respond(200));
        Assert.Equal("SIP/2.0/tls peer.test;branch=z9hG4bKlower", _stream.ExpectResponse(200).Headers[HeaderName.Via]);
    }

    [Fact]
    [Trait(nameof(PeerHabit), nameof(PeerHabit.ChangedCaseOfBranch))]
    public async Task A_branch_may_come_back_in_other_letters()
    {
        var answer = _stream.Do(() => _stream.Endpoint.SendAsync(Messages.Options(_stream)));
        var options = _stream.ExpectRequest(SipMethod.Options);
        _stream.Answers(options, 200, edit: response =>
            response.Headers[HeaderName.Via] = response.Headers[HeaderName.Via]!.Replace(options.TopVia!.Branch!, options.TopVia.Branch!.ToUpperInvariant(), StringComparison.Ordinal));
        Assert.Equal(200, (await answer).StatusCode);
    }

    [Fact]
    [Trait(nameof(PeerHabit), nameof(PeerHabit.OpaqueRoutes))]
    public void Signed_routes_are_echoed_to_the_byte()
    {
        const string Pool = "<sip:pool.test:5061;transport=tls;ms-fe=fe1.pool.test;opaque=state:F:Ci.R2600;lr;ms-route-sig=abCD-_9>;ms-rrsig=xY_z;tag=0A1B2C";
        var session = _stream.Do(() => _stream.Endpoint.Invite(Messages.Invite(_stream)));
        _stream.Answers(_stream.ExpectRequest(SipMethod.Invite), 200, edit: response => response.Headers.Add(HeaderName.RecordRoute, Pool));
        Assert.Equal(Pool, _stream.ExpectRequest(SipMethod.Ack).Headers[HeaderName.Route]);
        _ = _stream.Do(() => session.ByeAsync());
        Assert.Equal(Pool, _stream.ExpectRequest(SipMethod.Bye).Headers[HeaderName.Route]);
    }

    [Fact]
    [Trait(nameof(PeerHabit), nameof(PeerHabit.MissingContentLength))]
    public void Without_a_length_the_body_of_a_datagram_goes_to_its_end_and_a_stream_has_none()
    {
        const string Text = "MESSAGE sip:alice@self.test SIP/2.0\r\nVia: SIP/2.0/UDP peer.test;branch=z9hG4bKlen\r\nFrom: <sip:bob@peer.test>;tag=1\r\nTo: <sip:alice@self.test>\r\n" +
            "Call-ID: len\r\nCSeq: 1 MESSAGE\r\nContent-Type: text/plain\r\n\r\n";
        _datagrams.SaysBytes(Text + "hello");
        Assert.Equal("hello", _requests[0].Request.BodyText);
        Assert.Equal([Text, Text], Frames(Text + Text));
    }

    [Fact]
    [Trait(nameof(PeerHabit), nameof(PeerHabit.MissingMaxForwards))]
    public void A_request_without_Max_Forwards_is_taken_and_goes_on_with_70()
    {
        var proxy = PeerWire.Reliable(new() { IsProxy = true });
        var desk = proxy.Connect("desk.test");
        proxy.Endpoint.RequestReceived = request => request.Proxy([new(SipUri.Parse("sip:alice@desk.test"), desk)]);
        proxy.Says("MESSAGE sip:alice@self.test SIP/2.0\nVia: SIP/2.0/TCP peer.test;branch=z9hG4bKmf\nFrom: <sip:bob@peer.test>;tag=1\nTo: <sip:alice@self.test>\nCall-ID: mf\nCSeq: 1 MESSAGE\n\n");
        Assert.Equal("70", proxy.ExpectRequest(SipMethod.Message, desk).Headers[HeaderName.MaxForwards]);
    }

    [Fact]
    [Trait(nameof(PeerHabit), nameof(PeerHabit.AckToAnotherUri))]
    public void The_ACK_of_a_failure_may_name_another_URI()
    {
        _datagrams.Says(Messages.FromPeer("INVITE"));
        _datagrams.Do(() => _requests[0].Respond(486));
        var busy = _datagrams.ExpectResponse(486);
        _datagrams.Says(Messages.FromPeer("ACK", toTag: busy.To!.Tag!, uri: "sip:alice@192.0.2.4:5061;transport=udp"));
        _datagrams.Advance(TimeSpan.FromSeconds(4));
        _datagrams.ExpectNothing();
    }

    [Fact]
    [Trait(nameof(PeerHabit), nameof(PeerHabit.SilentInfo))]
    public async Task INFO_without_an_answer_or_with_481_leaves_the_session_standing()
    {
        _session = _stream.Do(() => _stream.Endpoint.Invite(Messages.Invite(_stream)));
        _stream.Answers(_stream.ExpectRequest(SipMethod.Invite), 200);
        _stream.ExpectRequest(SipMethod.Ack);
        var silent = _stream.Do(() => _session.SendAsync(_session.CreateRequest(SipMethod.Info)));
        _stream.ExpectRequest(SipMethod.Info);
        _stream.Advance(64 * Messages.T1);
        Assert.Equal(SipFailure.TimedOut, (await Assert.ThrowsAsync<SipException>(() => silent)).Failure);
        _ = _stream.Do(() => _session.SendAsync(_session.CreateRequest(SipMethod.Info)));
        _stream.Answers(_stream.ExpectRequest(SipMethod.Info), 481);
        _stream.ExpectNothing();
        Assert.Equal(InviteState.Confirmed, _session.State);
    }

    [Theory]
    [InlineData(";tag=peertag;", true)]
    [InlineData(";tag=peertag;;", false)]
    [Trait(nameof(PeerHabit), nameof(PeerHabit.TrailingSemicolon))]
    public void One_semicolon_at_the_end_is_passed_over(string parameters, bool taken)
    {
        _stream.Says($"MESSAGE sip:alice@self.test SIP/2.0\nVia: SIP/2.0/TCP peer.test;branch=z9hG4bKsemi\nFrom: <sip:bob@peer.test>{parameters}\nTo: <sip:alice@self.test>\nCall-ID: semi\nCSeq: 1 MESSAGE\n\n");
        Assert.Equal(taken ? 1 : 0, _requests.Count);
        if (!taken)
        {
            _stream.ExpectResponse(400);
        }
    }

    [Theory]
    [InlineData("SIP/2.0 200")]
    [InlineData("SIP/2.0 200 ")]
    [Trait(nameof(PeerHabit), nameof(PeerHabit.MissingReasonPhrase))]
    public async Task A_status_line_may_lack_its_phrase(string statusLine)
    {
        var answer = _stream.Do(() => _stream.Endpoint.SendAsync(Messages.Options(_stream)));
        var options = _stream.ExpectRequest(SipMethod.Options);
        _stream.Says($"{statusLine}\nVia: {options.TopVia}\nFrom: {options.From}\nTo: {options.To};tag=x\nCall-ID: {options.CallId}\nCSeq: 1 OPTIONS\n\n");
        Assert.Equal((200, ""), ((await answer).StatusCode, (await answer).ReasonPhrase));
    }

    private static List<string> Frames(string text)
    {
        var framer = new MessageFramer(SipLimits.Default);
        framer.Append(Encoding.UTF8.GetBytes(text));
        var frames = new List<string>();
        FrameKind kind;
        while ((kind = framer.TryRead(out var message)) is not (FrameKind.Incomplete or FrameKind.Broken))
        {
            if (!message.IsEmpty)
            {
                frames.Add(Encoding.UTF8.GetString(message.Span));
            }
        }

        Assert.Equal(FrameKind.Incomplete, kind);
        return frames;
    }

    private void Register(int number, string callId) => _datagrams.Says(Messages.FromPeer("REGISTER", number, "z9hG4bKonce", callId: callId));

    private void Answer(int status)
    {
        _datagrams.Do(() => _requests[^1].Respond(status));
        _datagrams.ExpectResponse(status);
    }
}
