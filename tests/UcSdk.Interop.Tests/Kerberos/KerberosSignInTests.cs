using System.Text;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>A <c>LyncClient</c> signs in to a <c>UcServer</c> by Kerberos, with an MIT KDC beside them.</summary>
public sealed class KerberosSignInTests : RealmTest
{
    [Fact]
    public Task By_password() => InRealmAsync((_, _) => Task.CompletedTask, async limit =>
    {
        var said = await SignInAsync(limit, password: KdcServer.Password);
        ExpectKerberos(said);
    });

    [Fact]
    public Task By_the_ticket_cache_without_a_password() => InRealmAsync((kdc, token) => kdc.KinitAsync(token), async limit =>
    {
        var said = await SignInAsync(limit, usesTicketCache: true);
        ExpectKerberos(said);
    });

    [Fact]
    public Task By_NTLM_where_no_KDC_answers() => InRealmAsync((kdc, _) => kdc.StopAsync().AsTask(), async limit =>
    {
        var said = await SignInAsync(limit, password: KdcServer.Password);
        Assert.DoesNotContain(said, text => text.Contains("Authorization: Kerberos", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(said, text => text.Contains("Authorization: NTLM", StringComparison.OrdinalIgnoreCase));
    });

    [Fact]
    public Task By_NTLM_where_the_ticket_has_expired() => InRealmAsync((kdc, token) => kdc.KinitAsync(token, "-l", "1h"), async limit =>
    {
        var said = await SignInAsync(limit, password: KdcServer.Password, usesTicketCache: true);
        Assert.Contains(said, text => text.Contains("Authorization: NTLM", StringComparison.OrdinalIgnoreCase));
    }, clock: "-2h");

    [Fact]
    public Task By_NTLM_where_the_server_has_another_key() => InRealmAsync((kdc, token) => kdc.ChangeKeyAsync(token), async limit =>
    {
        var said = await SignInAsync(limit, password: KdcServer.Password);
        Assert.Contains(said, text => text.Contains("Authorization: Kerberos", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(said, text => text.StartsWith("SIP/2.0 200", StringComparison.Ordinal) && text.Contains("Authentication-Info: NTLM", StringComparison.OrdinalIgnoreCase));
    });

    [Fact]
    public Task Not_with_a_wrong_password_and_each_scheme_says_why() => InRealmAsync((_, _) => Task.CompletedTask, async limit =>
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => SignInAsync(limit, password: "looking glass"));
        Assert.Contains("Kerberos", refused.ToString(), StringComparison.Ordinal);
        Assert.Contains("the name or the password is wrong", refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("looking glass", refused.ToString(), StringComparison.Ordinal);
    });

    [Fact]
    public Task Not_with_a_clock_ten_minutes_ahead() => InRealmAsync((_, _) => Task.CompletedTask, async limit =>
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => SignInAsync(limit, password: KdcServer.Password, schemes: [SipAuthenticationScheme.Kerberos]));
        Assert.Contains("Kerberos", refused.ToString(), StringComparison.Ordinal);
    }, clock: "+10m");

    [Fact]
    public Task Again_with_the_ticket_that_is_there_after_the_server_has_restarted() => InRealmAsync((kdc, token) => kdc.KinitAsync(token), async limit =>
    {
        ExpectKerberos(await SignInAsync(limit, usesTicketCache: true));
        ExpectKerberos(await SignInAsync(limit, usesTicketCache: true));
    });

    private static void ExpectKerberos(IReadOnlyList<string> said)
    {
        var first = said.Index().First(entry => entry.Item.Contains("gssapi-data=", StringComparison.Ordinal)).Index;
        // As few as Kerberos needs: a REGISTER that is challenged, and one that brings the ticket and is signed.
        Assert.Equal(1, said.Count(text => text.StartsWith("SIP/2.0 401", StringComparison.Ordinal)));
        Assert.Equal(1, said.Count(text => text.Contains("gssapi-data=", StringComparison.Ordinal)));
        foreach (var text in said.Skip(first))
        {
            // 28 bytes each (RFC 4121 §4.2.6.1), and the peer has verified them, or nobody would be signed in.
            var isOurs = text.Contains("\r\nAuthorization: Kerberos", StringComparison.OrdinalIgnoreCase) || text.Contains("\r\nProxy-Authorization: Kerberos", StringComparison.OrdinalIgnoreCase);
            Assert.Matches(isOurs ? "[^s]response=\"(?i:040400FFFFFFFFFF)[0-9a-fA-F]{40}\"" : "rspauth=\"(?i:040401FFFFFFFFFF)[0-9a-fA-F]{40}\"", text);
        }
    }

    // What both say from the first message to the end of the sign-in.
    private static async Task<IReadOnlyList<string>> SignInAsync(
        CancellationToken limit, string? password = null, bool usesTicketCache = false, IReadOnlyList<SipAuthenticationScheme>? schemes = null)
    {
        using var theirs = new SipPassword(KdcServer.Password);
        using var ours = password is null ? null : new SipPassword(password);
        await using var server = new UcServer(new UcServerOptions
        {
            Listen = [new("TCP", "127.0.0.1", 0)],
            Users = [new UcServerUser("alice") { Password = theirs }],
            Authentication = new() { Schemes = schemes ?? [SipAuthenticationScheme.Kerberos, SipAuthenticationScheme.Ntlm], ServerName = "fe.contoso.test", Required = true },
        });
        await server.StartAsync(limit);
        var trace = new RecordingTrace();
        await using var client = new LyncClient(new LyncClientOptions
        {
            Server = server.ListenAddresses[0],
            Password = ours,
            UsesTicketCache = usesTicketCache,
            Trace = trace,
        });
        await client.SignInAsync(server.AddressOf("alice"), cancellationToken: limit);
        Assert.Equal(ClientState.SignedIn, client.State);
        return [.. trace.Entries.Select(entry => Encoding.UTF8.GetString(entry.Bytes.Span))];
    }
}
