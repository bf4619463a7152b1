using System.Globalization;
using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>A client's state leaves one process and goes on in another.</summary>
public sealed class ResumeTests
{
    // Written by hand, not by us.
    private const string Json = """
        {"format":"ucsdk-client","version":1,"user":"sip:alice@contoso.com","epid":"01010101","server":"tls://pool1.contoso.com:5061",
        "homeServers":["tls://pool1.contoso.com:5061","tls://pool2.contoso.com:5061"],"gruu":"sip:alice@contoso.com;opaque=user:epid:a1De4A;gruu",
        "callId":"8d2f0ab1","cseq":7,"takenAt":"2030-01-01T00:00:05.0000000+00:00"}
        """;

    private readonly Lab _lab = new();

    [Fact]
    public void The_form_is_the_written_one_and_reads_back()
    {
        Assert.True(ClientSnapshot.TryParse(Json, out var snapshot, out var error), error);

        Assert.Equal(("sip:alice@contoso.com", "01010101", "tls://pool1.contoso.com:5061"), (snapshot.User, snapshot.Epid, snapshot.Server.ToString()));
        Assert.Equal(("8d2f0ab1", 7u, 2), (snapshot.CallId, snapshot.CSeq, snapshot.HomeServers.Count));
        Assert.Equal(new DateTimeOffset(2030, 1, 1, 0, 0, 5, TimeSpan.Zero), snapshot.TakenAt);
        Assert.True(ClientSnapshot.TryParse(snapshot.ToJson(), out var again, out _));
        Assert.Equal(snapshot, again);
        Assert.DoesNotContain("alice", snapshot.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":2", "format and version")]
    [InlineData("\"version\":1", "\"version\":\"1\"", "format and version")]
    [InlineData("ucsdk-client", "ucsdk", "format and version")]
    [InlineData("\"cseq\":7", "\"cseq\":7,\"cseq\":8", "a member twice")]
    [InlineData("\"cseq\":7", "\"cseq\":7,\"key\":\"secret\"", "'key' is unknown")]
    [InlineData("\"cseq\":7", "\"cseq\":-7", "missing")]
    [InlineData("\"cseq\":7", "\"cseq\":2147483647", "cseq is too large")]
    [InlineData("\"cseq\":7,", "", "missing")]
    [InlineData("\"epid\":\"01010101\"", "\"epid\":17", "'epid' is unknown, or not what it should be")]
    [InlineData("01010101", "0101010101010101a", "epid")]
    [InlineData("01010101", "nothex", "epid")]
    [InlineData("sip:alice@contoso.com\",\"epid", "tel:+1555\",\"epid", "user")]
    [InlineData("\"server\":\"tls:", "\"server\":\"sctp:", "transport")]
    [InlineData("8d2f0ab1", "8d2f 0ab1", "callId")]
    [InlineData("8d2f0ab1", "8d2f\\r\\nX: 1", "callId")]
    [InlineData("sip:alice@contoso.com;opaque=user:epid:a1De4A;gruu", "what", "gruu")]
    [InlineData("2030-01-01T00:00:05.0000000+00:00", "yesterday", "missing")]
    [InlineData("}", "", "no JSON")]
    [InlineData("{", "[", "no JSON")]
    public void Whatever_is_not_of_the_form_is_refused_with_a_reason(string part, string instead, string why)
    {
        Assert.False(ClientSnapshot.TryParse(Json.Replace(part, instead, StringComparison.Ordinal), out var snapshot, out var error));

        Assert.Null(snapshot);
        Assert.Contains(why, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void As_many_home_servers_as_are_allowed_and_not_one_more(int count, bool isGood)
    {
        var list = string.Join(',', Enumerable.Range(1, count).Select(n => string.Create(CultureInfo.InvariantCulture, $"\"tls://p{n}:5061\"")));
        Assert.Equal(isGood, ClientSnapshot.TryParse(Json.Replace("\"tls://pool1.contoso.com:5061\",\"tls://pool2.contoso.com:5061\"", list, StringComparison.Ordinal), out _, out _));
    }

    [Theory]
    [InlineData(65_536, true)]
    [InlineData(65_537, false)]
    public void As_long_as_is_allowed_and_not_one_character_longer(int length, bool isGood) =>
        Assert.Equal(isGood, ClientSnapshot.TryParse(Json.PadRight(length), out _, out _));

    [Fact]
    public void The_same_endpoint_goes_on_at_the_same_server_with_the_next_number() => _lab.Run(async () =>
    {
        var home = await _lab.AddServerAsync("pool1.contoso.com");
        SignInLab.Refuse(_lab.Server, 301, SignInLab.To("<sip:pool1.contoso.com:5060;transport=TCP>"), times: 9);
        using var password = new SipPassword("wonderland");
        var desk = await _lab.SignInAsync("alice", change: options => options with { Password = password });
        var json = (await desk.ExportAsync()).ToJson();
        Assert.DoesNotContain("wonderland", json, StringComparison.Ordinal);
        var before = home.Last("REGISTER");
        Assert.True(ClientSnapshot.TryParse(json, out var snapshot, out _));

        var laptop = _lab.CreateClient("laptop", change: options => options with { Resume = snapshot });
        await laptop.SignInAsync(snapshot.User);

        var after = home.Last("REGISTER");
        Assert.Equal((before.CallId, before.CSeq!.Number + 1, before.From!.Epid), (after.CallId, after.CSeq!.Number, after.From!.Epid));
        Assert.Equal(before.Contact!.Parameters["+sip.instance"], after.Contact!.Parameters["+sip.instance"]);
        Assert.Equal(desk.Self!.Gruu, laptop.Self!.Gruu);
        Assert.Single(_lab.Server.Requests, request => request.Name == "REGISTER");
        var again = await laptop.ExportAsync();
        Assert.Equal((snapshot.CSeq + 1, snapshot.Server, snapshot.CallId), (again.CSeq, again.Server, again.CallId));
    });

    [Fact]
    public void Where_the_server_is_gone_the_usual_way_is_gone() => _lab.Run(async () =>
    {
        Assert.True(ClientSnapshot.TryParse(Json.Replace("tls://pool1.contoso.com:5061", "tcp://pool1.contoso.com:5060", StringComparison.Ordinal), out var snapshot, out _));

        var laptop = await _lab.SignInAsync("alice", change: options => options with { Resume = snapshot! with { HomeServers = [] } });

        Assert.Equal(ClientState.SignedIn, laptop.State);
        Assert.Equal(("8d2f0ab1", 8u), (_lab.Server.Last("REGISTER").CallId, _lab.Server.Last("REGISTER").CSeq!.Number));
    });

    [Fact]
    public void A_number_that_the_server_finds_too_low_begins_another_registration() => _lab.Run(async () =>
    {
        Assert.True(ClientSnapshot.TryParse(Json, out var snapshot, out _));
        SignInLab.Refuse(_lab.Server, 500);

        await _lab.SignInAsync("alice", change: options => options with { Resume = snapshot! with { Server = options.Server!, HomeServers = [] } });

        Assert.Equal("8d2f0ab1", _lab.Server.Requests[0].Request.CallId);
        Assert.NotEqual("8d2f0ab1", _lab.Server.Last("REGISTER").CallId);
        Assert.Equal("01010101", _lab.Server.Last("REGISTER").From!.Epid);
    });

    [Fact]
    public void Only_the_same_user_resumes_and_only_who_was_signed_in_is_exported() => _lab.Run(async () =>
    {
        Assert.True(ClientSnapshot.TryParse(Json, out var snapshot, out _));
        var other = _lab.CreateClient("bob", change: options => options with { Resume = snapshot });

        await Assert.ThrowsAsync<ArgumentException>(() => other.SignInAsync("sip:bob@contoso.com"));
        await Assert.ThrowsAsync<NotSignedInException>(() => other.ExportAsync());
        Assert.Throws<ArgumentException>(() => _lab.CreateClient("carol", change: options => options with { Resume = snapshot, Epid = "02" }));
        Assert.Throws<ArgumentException>(() => _lab.CreateClient("carol", change: options => options with { Resume = snapshot! with { CSeq = uint.MaxValue } }));
    });
}
