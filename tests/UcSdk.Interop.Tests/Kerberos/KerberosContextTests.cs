using System.Buffers;
using System.Net.Security;
using System.Text;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>Both sides of the platform's Kerberos, with an MIT KDC that gives the tickets.</summary>
public sealed class KerberosContextTests : RealmTest
{
    private static readonly byte[] Text = Encoding.ASCII.GetBytes("<Kerberos><3bd81a1c><1><SIP Communications Service><sip/fe.contoso.test>");

    [Fact]
    public Task A_password_gives_a_ticket_however_the_user_is_named() => InRealmAsync((_, _) => Task.CompletedTask, _ =>
    {
        foreach (var userName in new[] { "alice", "alice@contoso.test", "CONTOSO.TEST\\alice" })
        {
            using var client = Client(userName, KdcServer.Password);
            using var server = new KerberosServerContext();
            server.Advance(client.Advance(default).Token);
            Assert.Equal("alice@CONTOSO.TEST", server.Peer);
        }

        return Task.CompletedTask;
    });

    [Fact]
    public Task Both_sides_sign_and_verify() => InRealmAsync((_, _) => Task.CompletedTask, _ =>
    {
        using var client = Client("alice", KdcServer.Password);
        using var server = new KerberosServerContext();
        var step = client.Advance(default);
        Assert.Equal(SecurityContextStatus.Established, step.Status);
        var answer = server.Advance(step.Token);
        Assert.Equal((SecurityContextStatus.Established, "alice@CONTOSO.TEST"), (answer.Status, server.Peer));
        Assert.Null(answer.Token);

        // RFC 4121 §4.2.6.1: token 04 04, flags (01: sent by the acceptor), filler, a sequence number, and 12 bytes of checksum with AES (RFC 3962).
        var (ours, theirs) = (Sign(client), Sign(server));
        Assert.Equal(("040400FFFFFFFFFF", 28), (Convert.ToHexString(ours[..8]), ours.Length));
        Assert.Equal(("040401FFFFFFFFFF", 28), (Convert.ToHexString(theirs[..8]), theirs.Length));
        Assert.True(server.Verify(Text, ours));
        Assert.True(client.Verify(Text, theirs));
        for (var at = 0; at < ours.Length; at++)
        {
            var changed = ours.ToArray();
            changed[at] ^= 1;
            Assert.False(server.Verify(Text, changed), $"byte {at}");
            Assert.False(server.Verify(Text, ours.AsSpan(0, at)), $"{at} bytes");
        }

        Assert.False(server.Verify(Text.AsSpan(1), ours));
        Assert.False(server.Verify(Text, theirs));
        Assert.True(server.Verify(Text, Sign(client)));
        return Task.CompletedTask;
    });

    [Fact]
    public Task With_both_tickets_in_the_cache_nobody_is_asked() => InRealmAsync(
        async (kdc, token) =>
        {
            await kdc.KinitAsync(token);
            await kdc.FetchTicketAsync(token);
            await kdc.StopAsync();
        },
        _ =>
        {
            using var client = FromCache();
            using var server = new KerberosServerContext();
            Assert.Equal(SecurityContextStatus.Established, server.Advance(client.Advance(default).Token).Status);
            Assert.Equal("alice@CONTOSO.TEST", server.Peer);
            return Task.CompletedTask;
        });

    [Fact]
    public Task Without_a_ticket_the_client_says_so() => InRealmAsync((_, _) => Task.CompletedTask, _ =>
    {
        Refuses(Client("alice", "looking glass"), "the name or the password is wrong");
        Refuses(Client("nobody", KdcServer.Password), "the name or the password is wrong");
        Refuses(FromCache(), "the ticket cache has none");
        Refuses(Client("alice", KdcServer.Password, "sip/other.contoso.test"), "the KDC does not know it");
        return Task.CompletedTask;
    });

    [Fact]
    public Task Without_a_KDC_a_password_is_worth_nothing() => InRealmAsync((kdc, _) => kdc.StopAsync().AsTask(), _ =>
    {
        Refuses(Client("alice", KdcServer.Password), "no KDC answers");
        return Task.CompletedTask;
    });

    [Fact]
    public Task A_blank_name_or_password_does_not_become_the_ticket_of_somebody_else() => InRealmAsync((kdc, token) => kdc.KinitAsync(token), _ =>
    {
        Refuses(Client("alice", ""), "not blank");
        Refuses(Client("alice", "  "), "not blank");
        Refuses(Client("", KdcServer.Password), "not blank");
        return Task.CompletedTask;
    });

    [Fact]
    public Task A_ticket_that_has_expired_is_none() => InRealmAsync((kdc, token) => kdc.KinitAsync(token, "-l", "1h"), _ =>
    {
        Refuses(FromCache(), "has expired");
        return Task.CompletedTask;
    }, clock: "-2h");

    [Fact]
    public Task A_server_refuses_who_is_ten_minutes_ahead() => InRealmAsync((_, _) => Task.CompletedTask, _ =>
    {
        // The client believes its KDC's clock, and the server its own.
        using var client = Client("alice", KdcServer.Password);
        Refuses(client.Advance(default), "the clocks differ");
        return Task.CompletedTask;
    }, clock: "+10m");

    [Fact]
    public Task A_ticket_for_another_key_is_refused() => InRealmAsync((kdc, token) => kdc.ChangeKeyAsync(token), _ =>
    {
        using var client = Client("alice", KdcServer.Password);
        Refuses(client.Advance(default), "for another key");
        return Task.CompletedTask;
    });

    [Fact]
    public Task A_server_that_has_only_the_key_of_another_service_refuses_the_ticket() => InRealmAsync((kdc, token) => kdc.TakeKeyAsync(token), _ =>
    {
        using var client = Client("alice", KdcServer.Password);
        Refuses(client.Advance(default), "for another key or service");
        return Task.CompletedTask;
    });

    [Fact]
    public Task A_server_without_a_keytab_says_what_to_look_at() => InRealmAsync(
        (kdc, _) =>
        {
            kdc.Environment["KRB5_KTNAME"] = "FILE:" + kdc["missing.keytab"];
            return Task.CompletedTask;
        },
        _ =>
        {
            using var client = Client("alice", KdcServer.Password);
            Refuses(client.Advance(default), "KRB5_KTNAME");
            return Task.CompletedTask;
        });

    [Fact]
    public Task A_ticket_serves_once_and_what_is_damaged_never() => InRealmAsync((_, _) => Task.CompletedTask, _ =>
    {
        using var client = Client("alice", KdcServer.Password);
        var good = client.Advance(default);
        var token = good.Token!;
        using var server = new KerberosServerContext();
        Assert.Equal(SecurityContextStatus.Established, server.Advance(token).Status);
        Refuses(good, "replayed");
        Assert.Equal(SecurityContextStatus.Refused, server.Advance(token).Status);

        // Some bytes, as those of names, are outside of all encryption: with them changed it is still the same ticket, a second time.
        for (var at = 0; at < token.Length; at += 5)
        {
            var changed = token.ToArray();
            changed[at] ^= 0x10;
            Assert.True(Outcome(token[..at]) == SecurityContextStatus.Refused, $"{at} bytes");
            Assert.True(Outcome(changed) == SecurityContextStatus.Refused, $"byte {at}");
        }

        return Task.CompletedTask;
    });

    [Fact]
    public Task A_client_that_wants_proof_of_the_server_gets_its_token() => InRealmAsync((kdc, token) => kdc.KinitAsync(token), _ =>
    {
        using var client = Platform("Kerberos", mutual: true);
        using var server = new KerberosServerContext();
        var answer = server.Advance(client.GetOutgoingBlob(ReadOnlySpan<byte>.Empty, out var _));
        Assert.Equal(SecurityContextStatus.Established, answer.Status);
        client.GetOutgoingBlob(answer.Token, out var status);
        Assert.Equal(NegotiateAuthenticationStatusCode.Completed, status);
        Assert.True(client.VerifyIntegrityCheck(Text, Sign(server)));
        return Task.CompletedTask;
    });

    [Fact]
    public Task A_negotiation_is_not_taken_for_Kerberos() => InRealmAsync((kdc, token) => kdc.KinitAsync(token), _ =>
    {
        using var client = Platform("Negotiate", mutual: false);
        Refuses(new SecurityContextStep(SecurityContextStatus.Established, client.GetOutgoingBlob(ReadOnlySpan<byte>.Empty, out var _)), "no Kerberos token");
        return Task.CompletedTask;
    });

    private static NegotiateAuthentication Platform(string package, bool mutual) => new(new NegotiateAuthenticationClientOptions
    {
        Package = package,
        TargetName = KdcServer.Service,
        RequiredProtectionLevel = ProtectionLevel.Sign,
        RequireMutualAuthentication = mutual,
    });

    private static KerberosClientContext Client(string userName, string password, string target = KdcServer.Service)
    {
        using var secret = new SipPassword(password);
        return new(new SipCredentials(userName, secret), target);
    }

    private static KerberosClientContext FromCache() => new(SipCredentials.FromTicketCache(), KdcServer.Service);

    private static byte[] Sign(ISecurityContext context)
    {
        var code = new ArrayBufferWriter<byte>();
        context.Sign(Text, code);
        return code.WrittenSpan.ToArray();
    }

    private static SecurityContextStatus Outcome(byte[] token)
    {
        using var server = new KerberosServerContext();
        return server.Advance(token).Status;
    }

    private static void Refuses(KerberosClientContext client, string why)
    {
        using (client)
        {
            var step = client.Advance(default);
            Assert.Equal(SecurityContextStatus.Refused, step.Status);
            Assert.Contains(why, step.Why, StringComparison.Ordinal);
            Assert.DoesNotContain("alice", step.Why, StringComparison.Ordinal);
        }
    }

    private static void Refuses(SecurityContextStep client, string why)
    {
        Assert.Equal(SecurityContextStatus.Established, client.Status);
        using var server = new KerberosServerContext();
        var step = server.Advance(client.Token);
        Assert.Equal(SecurityContextStatus.Refused, step.Status);
        Assert.Contains(why, step.Why, StringComparison.Ordinal);
    }
}
