using System.Text;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server.Tests;

public sealed class RegistrarTests
{
    private const string Instance = "e0de506b-a705-59cc-9bfa-d37593141231";

    private static readonly SipFlow Desk = Flow(62755);
    private static readonly SipFlow Phone = Flow(62756);

    private readonly BindingStore _bindings = new();
    private readonly Registrar _registrar;
    private readonly List<BindingChange> _changes = [];
    private Timestamp _now = new(TimeSpan.FromHours(1).Ticks);
    private uint _sequence;

    public RegistrarTests()
    {
        var directory = new UserDirectory("contoso.test");
        directory.Add(new UcServerUser("alice"));
        directory.Add(new UcServerUser("bob"));
        var options = new RegistrarOptions { MaxEndpointsPerUser = 2 };
        _registrar = new Registrar(options, directory, _bindings, new ConnectionIds(), new RegistrationPolicy(options), new TemporaryGruus(new SeededRandomSource(3)));
    }

    [Fact]
    public void The_answer_is_byte_for_byte_what_clients_of_real_servers_read()
    {
        // The request and the pieces of the answer as [MS-SIPREGE] §4 and published traces show them (instance and GRUU belong together).
        var request = Register(
            "<sip:10.0.0.5:4126;transport=tcp;ms-opaque=9a9503bcdb>;methods=\"INVITE, BENOTIFY\";proxy=replace;"
            + "+sip.instance=\"<urn:uuid:E0DE506B-A705-59CC-9BFA-D37593141231>\"");

        var response = request.CreateResponse(200);
        _registrar.Register(request, Desk, _now, _changes).ApplyTo(response, "sip.contoso.test");

        Assert.Equal(
            """
            SIP/2.0 200 OK
            Via: SIP/2.0/tcp 10.0.0.5:4126;branch=z9hG4bK1
            From: <sip:alice@contoso.test>;tag=1;epid=451e9252b6
            To: <sip:alice@contoso.test>
            Call-ID: login
            CSeq: 1 REGISTER
            Contact: <sip:192.0.2.7:62755;transport=tcp;ms-opaque=9a9503bcdb;ms-received-cid=100>;expires=7200;+sip.instance="<urn:uuid:e0de506b-a705-59cc-9bfa-d37593141231>";gruu="sip:alice@contoso.test;opaque=user:epid:a1De4AWnzFmb-tN1kxQSMQAA;gruu"
            Expires: 7200
            presence-state: register-action="added"
            Allow-Events: vnd-microsoft-provisioning-v2,vnd-microsoft-roaming-contacts,vnd-microsoft-roaming-self,presence
            Supported: adhoclist
            Supported: msrtc-event-categories
            ms-keep-alive: UAS; tcp=no; hop-hop=yes; end-end=no; timeout=300
            Content-Length: 0


            """.ReplaceLineEndings("\r\n"),
            Encoding.UTF8.GetString(response.ToBytes()));
    }

    [Fact]
    public void Without_an_instance_id_the_epid_makes_one()
    {
        Send(Register("<sip:10.0.0.5:4126;transport=tcp>;proxy=replace"), Desk);

        // 451e9252b6 gives this instance in a published trace ([MS-SIPRE] §3.2).
        Assert.Equal(Instance, Assert.Single(_bindings.OfUser(Alice)).Id.Instance);
    }

    [Fact]
    public void A_client_without_instance_and_epid_has_its_contact_only()
    {
        var request = Register("<sip:alice@10.0.0.5:4126>", epid: null);

        var answer = Send(request, Desk);

        Assert.Equal("<sip:alice@10.0.0.5:4126>;expires=7200", Header(answer, HeaderName.Contact));
        Assert.Null(Assert.Single(_bindings.OfUser(Alice)).Gruu);
    }

    [Fact]
    public void Two_endpoints_of_one_user_get_a_contact_field_each()
    {
        Send(Register(Contact(1)), Desk);

        var answer = Send(Register(Contact(2)), Phone);

        Assert.Equal(2, answer.Headers.Count(header => header.Name == HeaderName.Contact));
        Assert.Equal(2, _bindings.OfUser(Alice).Count);
    }

    [Fact]
    public void A_refresh_keeps_the_binding_and_says_so()
    {
        Send(Register(Contact(1)), Desk);
        _now += TimeSpan.FromSeconds(7000);

        var answer = Send(Register(Contact(1)), Desk);

        Assert.Equal("register-action=\"refreshed\"", Header(answer, HeaderName.PresenceState));
        Elapse(TimeSpan.FromSeconds(7199));
        Assert.Equal(1, _bindings.Count);
    }

    [Fact]
    public void A_binding_ends_at_the_tick_of_its_expiry()
    {
        Send(Register(Contact(1)), Desk);

        Elapse(TimeSpan.FromSeconds(7200) - TimeSpan.FromTicks(1));
        Assert.Empty(Ended);
        Assert.Equal(_now + TimeSpan.FromTicks(1), _registrar.NextDeadline);

        Elapse(TimeSpan.FromTicks(1));
        Assert.Equal(EndpointChangeReason.Expired, Assert.Single(Ended).Reason);
        Assert.Null(_registrar.NextDeadline);
    }

    [Fact]
    public void Expires_0_removes_the_endpoint_and_lists_the_others()
    {
        Send(Register(Contact(1)), Desk);
        Send(Register(Contact(2)), Phone);

        var answer = Send(Register(Contact(1), expires: "0"), Desk);

        Assert.Equal(EndpointChangeReason.Unregistered, Assert.Single(Ended).Reason);
        Assert.Null(Header(answer, HeaderName.PresenceState));
        Assert.Equal("0", Header(answer, HeaderName.Expires));
        Assert.Contains("00000002", Header(answer, HeaderName.Contact), StringComparison.Ordinal);
    }

    [Fact]
    public void An_asterisk_with_Expires_0_removes_all_endpoints()
    {
        Send(Register(Contact(1)), Desk);
        Send(Register(Contact(2)), Phone);

        var answer = Send(Register("*", expires: "0"), Desk);

        Assert.Equal(200, answer.StatusCode);
        Assert.Equal(2, Ended.Count);
        Assert.Equal(0, _bindings.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("60")]
    public void An_asterisk_with_anything_else_is_a_bad_request(string? expires)
    {
        Send(Register(Contact(1)), Desk);

        Assert.Equal(400, Send(Register("*", expires: expires), Desk).StatusCode);
        Assert.Equal(1, _bindings.Count);
    }

    [Theory]
    [InlineData("59", 423)]
    [InlineData("60", 200)]
    public void Less_than_the_minimum_is_too_brief(string expires, int status)
    {
        var answer = Send(Register(Contact(1), expires: expires), Desk);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status == 423 ? "60" : null, Header(answer, HeaderName.MinExpires));
    }

    [Theory]
    [InlineData("7201", "7200")]
    [InlineData("600", "600")]
    [InlineData("nonsense", "7200")]
    public void More_than_the_maximum_is_cut_and_nonsense_is_the_default(string expires, string granted) =>
        Assert.Equal(granted, Header(Send(Register(Contact(1), expires: expires), Desk), HeaderName.Expires));

    [Fact]
    public void The_expires_parameter_of_the_contact_comes_before_the_header() =>
        Assert.Equal("900", Header(Send(Register(Contact(1) + ";expires=900", expires: "600"), Desk), HeaderName.Expires));

    [Fact]
    public void A_closed_connection_takes_its_endpoints_along_and_no_others()
    {
        Send(Register(Contact(1)), Desk);
        Send(Register(Contact(2)), Phone);

        _registrar.CloseFlow(Desk, _now, _changes);

        var ended = Assert.Single(Ended);
        Assert.Equal(EndpointChangeReason.FlowClosed, ended.Reason);
        Assert.Equal(Desk, ended.Binding.Flow);
        Assert.Equal(Phone, Assert.Single(_bindings.OfUser(Alice)).Flow);
    }

    [Fact]
    public void An_endpoint_that_comes_back_on_another_connection_moves_there()
    {
        Send(Register(Contact(1)), Desk);
        Send(Register(Contact(1)), Phone);

        _registrar.CloseFlow(Desk, _now, _changes);

        Assert.Empty(Ended);
        Assert.Equal(Phone, Assert.Single(_bindings.OnFlow(Phone)).Flow);
    }

    [Fact]
    public void One_endpoint_past_the_limit_displaces_the_oldest()
    {
        Send(Register(Contact(1)), Desk);
        Send(Register(Contact(2)), Phone);
        Assert.Empty(Ended);

        Send(Register(Contact(3)), Phone);

        var ended = Assert.Single(Ended);
        Assert.Equal(EndpointChangeReason.Displaced, ended.Reason);
        Assert.EndsWith("000000000001", ended.Binding.Id.Instance, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_that_is_older_than_the_binding_fails()
    {
        Send(Register(Contact(1)), Desk);
        _sequence = 0;

        Assert.Equal(500, Send(Register(Contact(1)), Desk).StatusCode);
    }

    [Fact]
    public void A_contact_that_cannot_be_read_changes_nothing()
    {
        var answer = Send(Register(Contact(1) + ", <mailto:alice@contoso.test>"), Desk);

        Assert.Equal(400, answer.StatusCode);
        Assert.Equal(0, _bindings.Count);
    }

    [Fact]
    public void A_question_without_contact_is_answered_with_the_bindings()
    {
        Send(Register(Contact(1)), Desk);

        var answer = Send(Register(null), Desk);

        Assert.Single(answer.Headers, header => header.Name == HeaderName.Contact);
        Assert.Null(Header(answer, HeaderName.PresenceState));
    }

    [Fact]
    public void An_unknown_user_is_not_found()
    {
        var request = Register(Contact(1), user: "mallory");

        var answer = Send(request, Desk);

        Assert.Equal(404, answer.StatusCode);
        Assert.Equal(4005, answer.Diagnostic?.Id);
    }

    [Fact]
    public void Nobody_registers_for_somebody_else()
    {
        var request = Register(Contact(1));
        request.Headers[HeaderName.From] = "<sip:bob@contoso.test>;tag=1";

        Assert.Equal(403, Send(request, Desk).StatusCode);
    }

    [Fact]
    public void A_binding_is_found_by_its_GRUU()
    {
        Send(Register(Contact(1)), Desk);
        var gruu = Assert.Single(_bindings.OfUser(Alice)).Gruu!;

        Assert.Equal(Desk, Assert.Single(_bindings.OfGruu(SipUri.Parse(gruu.Text.Replace("alice", "ALICE", StringComparison.Ordinal)))).Flow);
        Assert.Empty(_bindings.OfGruu(SipUri.Parse(gruu.Text.Replace("alice", "bob", StringComparison.Ordinal))));
    }

    private IReadOnlyList<BindingChange> Ended => [.. _changes.Where(change => change.IsEnd)];

    private static string Alice => "sip:alice@contoso.test";

    private static SipFlow Flow(int port) =>
        new("TCP", new SipTransportAddress("TCP", "192.0.2.1", 5060), new SipTransportAddress("TCP", "192.0.2.7", port), isReliable: true, isOutgoing: false);

    private static string Contact(int number) =>
        $"<sip:10.0.0.5:4126;transport=tcp>;proxy=replace;+sip.instance=\"<urn:uuid:{number:D8}-0000-5000-8000-{number:D12}>\"";

    private static string? Header(ServerAnswer answer, HeaderName name) =>
        answer.Headers.Where(header => header.Name == name).Select(header => header.Value).FirstOrDefault();

    private SipRequest Register(string? contact, string? epid = "451e9252b6", string? expires = null, string user = "alice")
    {
        var text = $"""
            REGISTER sip:contoso.test SIP/2.0
            Via: SIP/2.0/tcp 10.0.0.5:4126;branch=z9hG4bK1
            From: <sip:{user}@contoso.test>;tag=1{(epid is null ? "" : ";epid=" + epid)}
            To: <sip:{user}@contoso.test>
            Call-ID: login
            CSeq: {++_sequence} REGISTER
            Max-Forwards: 70

            """ + (contact is null ? "" : $"Contact: {contact}\n") + (expires is null ? "" : $"Expires: {expires}\n") + "Content-Length: 0\n\n";
        Assert.True(SipMessage.TryParse(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")), SipLimits.Default, out var message, out _));
        return Assert.IsType<SipRequest>(message);
    }

    private ServerAnswer Send(SipRequest request, SipFlow flow) => _registrar.Register(request, flow, _now, _changes);

    private void Elapse(TimeSpan time)
    {
        _now += time;
        _registrar.Elapse(_now, _changes);
    }
}
