using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>A registrar sends the user to another, in the form of published traces of Lync directors.</summary>
public sealed class RedirectTests
{
    private const string Primary = "<sip:pool1.contoso.com:5060;transport=TCP>;q=0.7";
    private const string Backup = "<sip:pool2.contoso.com:5060;transport=TCP>;q=0.3";
    private readonly SignInLab _lab = new();

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(305)]
    public void A_redirection_is_followed_with_the_same_call_id_and_the_next_number(int status) => _lab.Run(async () =>
    {
        var home = await _lab.AddServerAsync("pool1.contoso.com");
        SignInLab.Refuse(_lab.Server, status, SignInLab.To(Primary));

        await _lab.SignInAsync();

        var (there, here) = (_lab.Server.Last("REGISTER"), home.Last("REGISTER"));
        Assert.Equal((there.CallId, there.CSeq!.Number + 1), (here.CallId, here.CSeq!.Number));
        Assert.Equal((there.From!.Epid, there.Contact!.Parameters["+sip.instance"]), (here.From!.Epid, here.Contact!.Parameters["+sip.instance"]));
        Assert.Equal(
            [SignInStage.Connect, SignInStage.Register, SignInStage.Redirect, SignInStage.Connect, SignInStage.Register, SignInStage.Provision, SignInStage.Done],
            _lab.StageNames);
        Assert.Equal($"1 Redirect tcp://pool1.contoso.com:5060 ({status})", _lab.Stages.Log[2]);
        await _lab.DelayAsync(1);
        Assert.Contains("alice: closed", _lab.Server.Log);
        Assert.Equal(1, _lab.Network.OpenFlows / 2);
    });

    [Fact]
    public void Where_the_primary_is_gone_the_backup_signs_the_user_in() => _lab.Run(async () =>
    {
        var backup = await _lab.AddServerAsync("pool2.contoso.com");
        SignInLab.Refuse(_lab.Server, 301, SignInLab.To(Backup, Primary));

        await _lab.SignInAsync();

        Assert.Equal(1, _lab.CountRegisters(backup));
        Assert.Equal(["1 Connect tcp://pool1.contoso.com:5060", "1 Connect tcp://pool2.contoso.com:5060"], _lab.Stages.Log[3..5]);
    });

    [Theory]
    [InlineData(301, 1)]
    [InlineData(302, 2)]
    public void Only_a_permanent_redirection_is_kept_for_the_next_sign_in(int status, int asked) => _lab.Run(async () =>
    {
        await _lab.AddServerAsync("pool1.contoso.com");
        SignInLab.Refuse(_lab.Server, status, SignInLab.To(Primary), times: 2);
        await _lab.SignInAsync();
        await _lab.Alice.SignOutAsync();

        await _lab.SignInAsync();

        Assert.Equal(asked, _lab.CountRegisters(_lab.Server));
    });

    [Fact]
    public void Who_knows_better_is_asked_again_when_the_home_server_is_gone() => _lab.Run(async () =>
    {
        var home = await _lab.AddServerAsync("pool1.contoso.com");
        SignInLab.Refuse(_lab.Server, 301, SignInLab.To(Primary));
        await _lab.SignInAsync();

        await home.StopAsync();
        await _lab.DelayAsync(5);

        Assert.Equal(ClientState.SignedIn, _lab.Alice.State);
        Assert.Equal(2, _lab.CountRegisters(_lab.Server));
    });

    [Fact]
    public void A_home_server_that_does_not_know_the_user_any_more_is_left() => _lab.Run(async () =>
    {
        var home = await _lab.AddServerAsync("pool1.contoso.com");
        SignInLab.Refuse(_lab.Server, 301, SignInLab.To(Primary));
        await _lab.SignInAsync();
        await _lab.Alice.SignOutAsync();
        SignInLab.Refuse(home, 404);

        await _lab.SignInAsync();

        Assert.Equal(2, _lab.CountRegisters(_lab.Server));
    });

    [Fact]
    public void A_circle_is_seen() => _lab.Run(async () =>
    {
        var home = await _lab.AddServerAsync("pool1.contoso.com");
        SignInLab.Refuse(_lab.Server, 301, SignInLab.To(Primary), times: 9);
        SignInLab.Refuse(home, 301, SignInLab.To("<sip:server:5060;transport=tcp>"), times: 9);

        // Nobody is trusted for a name without a domain but the one who was named first.
        var failure = await _lab.FailAsync();

        Assert.Equal(SignInStage.Redirect, failure.Stage);
        Assert.Equal((1, 1), (_lab.CountRegisters(_lab.Server), _lab.CountRegisters(home)));
    });

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void As_many_redirections_are_followed_as_the_options_allow_and_not_one_more(int redirections, bool isSignedIn) => _lab.Run(
        async () =>
        {
            SignInLab.Refuse(_lab.Server, 302, SignInLab.To("<sip:a1.contoso.com:5060;transport=tcp>"));
            for (var hop = 1; hop <= redirections; hop++)
            {
                var server = await _lab.AddServerAsync($"a{hop}.contoso.com");
                if (hop < redirections)
                {
                    SignInLab.Refuse(server, 302, SignInLab.To($"<sip:a{hop + 1}.contoso.com:5060;transport=tcp>"));
                }
            }

            if (isSignedIn)
            {
                await _lab.SignInAsync();
            }
            else
            {
                Assert.Contains("more than 2 redirections", (await _lab.FailAsync()).Reason, StringComparison.Ordinal);
            }
        },
        options => options with { MaxRedirects = 2 });

    [Theory]
    [InlineData("<sip:pool.fabrikam.com:5060;transport=tcp>", "outside of the trusted domains")]
    [InlineData("<sip:evilcontoso.com:5060;transport=tcp>", "outside of the trusted domains")]
    [InlineData("<sip:192.0.2.7:5060;transport=tcp>", "outside of the trusted domains")]
    [InlineData("<tel:+1555>", "names no server")]
    [InlineData("<sip:pool1.contoso.com;transport=carrier-pigeon>", "names no server")]
    [InlineData(null, "it names no server")]
    [InlineData("<sip:server:5060;transport=tcp>", "leads back")]
    public void What_cannot_be_followed_is_refused_by_name(string? contact, string why) => _lab.Run(async () =>
    {
        SignInLab.Refuse(_lab.Server, 301, contact is null ? "\r\n" : SignInLab.To(contact));

        var failure = await _lab.FailAsync();

        Assert.Equal((SignInStage.Redirect, 301), (failure.Stage, failure.StatusCode));
        Assert.Contains(why, failure.Reason, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("TLS", "dir.contoso.com", "TCP", "pool.contoso.com", false, "not encrypted")]
    [InlineData("TLS", "dir.contoso.com", "TCP", "pool.contoso.com", true, "not encrypted")]
    [InlineData("TLS", "dir.contoso.com", "TLS", "pool.contoso.com", false, null)]
    [InlineData("TCP", "dir.contoso.com", "TLS", "pool.contoso.com", false, null)]
    [InlineData("TLS", "dir.corp.local", "TLS", "pool.corp.local", false, null)]
    [InlineData("TLS", "dir.local", "TLS", "pool.local", false, "trusted domains")]
    [InlineData("TLS", "dir.contoso.com", "TLS", "pool.fabrikam.com", false, "trusted domains")]
    [InlineData("TLS", "dir.contoso.com", "TLS", "pool.fabrikam.com", true, null)]
    [InlineData("TLS", "dir.contoso.com", "TLS", "pool.partner.example", false, null)]
    [InlineData("TCP", "127.0.0.1", "TCP", "127.0.0.1", false, null)]
    [InlineData("TCP", "127.0.0.1", "TCP", "127.0.0.2", false, "trusted domains")]
    public void Encryption_is_never_given_up_and_strangers_need_a_signature(
        string fromTransport, string from, string transport, string host, bool isSigned, string? why)
    {
        var objection = Redirect.Objection(
            new(fromTransport, from, 5061), new(transport, host, 5061), isSigned, new TrustedDomains("contoso.com", ["partner.example"]));

        Assert.Equal(why is null, objection is null);
        Assert.Contains(why ?? "", objection ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sip:pool.contoso.com", "tls://pool.contoso.com:5061")]
    [InlineData("sip:pool.contoso.com:443;transport=TLS", "tls://pool.contoso.com:443")]
    [InlineData("sip:pool.contoso.com;transport=tcp", "tcp://pool.contoso.com:5060")]
    [InlineData("sips:pool.contoso.com;transport=tcp", "tls://pool.contoso.com:5061")]
    public void What_a_URI_leaves_out_is_TLS_at_its_port(string uri, string server)
    {
        Assert.True(Redirect.TryRead(SipUri.Parse(uri), out var read));
        Assert.Equal(server, read.ToString());
    }
}
