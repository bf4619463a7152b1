using System.Text;
using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>Users whom the server knows by a store of the application's, and servers that believe nobody.</summary>
public sealed class UserStoreConversationTests
{
    [Fact]
    public void A_store_of_hashes_serves_both_schemes_and_names_users_as_it_likes()
    {
        var store = new Hashes();
        using var lab = With(new() { Users = store });
        var alice = lab.Connect("alice", "alice01");
        using var signIn = new NtlmSignIn(lab, alice, "EMPLOYEES\\0042", "wonderland");
        signIn.Complete();
        Assert.Empty(alice.Unsigned);
        Assert.Contains(new UserLogin(SipAuthenticationScheme.Ntlm, "0042", "EMPLOYEES"), store.Asked);

        var phone = lab.Connect("alice", "alice02");
        phone.Register();
        phone.Register("Authorization: " + AuthenticationConversationTests.Answer(phone.ExpectsResponse(401), "0042", "wonderland"));
        phone.ExpectsResponse(200);
        Assert.Contains(new UserLogin(SipAuthenticationScheme.Digest, "0042", ""), store.Asked);
    }

    [Fact]
    public void A_user_of_whom_the_store_knows_nothing_is_believed_where_not_everybody_is_asked()
    {
        using var lab = With(new() { Users = new Hashes() });
        lab.SignIn("bob");
        var zoe = lab.Connect("zoe", "zoe01");
        zoe.Register();
        zoe.ExpectsResponse(401);
    }

    [Fact]
    public void Where_everybody_is_asked_nobody_is_believed()
    {
        using var lab = With(new() { Required = true });
        var bob = lab.Connect("bob", "bob01");
        bob.Register();
        bob.ExpectsResponse(401);
        bob.Request("MESSAGE", bob.Address, "m1");
        bob.ExpectsResponse(407);
        var signIn = new NtlmSignIn(lab, bob, "bob", "");
        signIn.Begin();
        signIn.AskForChallenge();
        signIn.Finish();
        bob.ExpectsResponse(401);
    }

    [Theory]
    [InlineData(SipAuthenticationScheme.Ntlm, "NTLM")]
    [InlineData(SipAuthenticationScheme.Digest, "Digest,Digest")]
    public void Only_what_the_options_name_is_offered(SipAuthenticationScheme scheme, string offered)
    {
        using var lab = With(new() { Schemes = [scheme], Required = true });
        var alice = lab.Connect("alice", "alice01");
        alice.Register();
        var challenge = alice.ExpectsResponse(401);
        Assert.Equal(offered, string.Join(',', challenge.Headers.GetAll(HeaderName.WwwAuthenticate).Select(text => text.Split(' ')[0])));
        Assert.Equal(scheme == SipAuthenticationScheme.Ntlm, challenge.Headers.Contains(HeaderName.Date));
    }

    [Fact]
    public void Options_that_contradict_themselves_are_refused_when_the_server_is_made()
    {
        Refused(new() { Schemes = [] });
        Refused(new() { Schemes = [SipAuthenticationScheme.Ntlm, SipAuthenticationScheme.Ntlm] });
        Refused(new() { Schemes = [(SipAuthenticationScheme)99] });
        Refused(new() { Version = 1 });
        Refused(new() { Version = 5 });
        Refused(new() { Version = 3, MinimumVersion = 4 });
        Refused(new() { MinimumVersion = 1 });
        Refused(new() { ServerName = "not a name" });
        Refused(new() { AssociationLifetime = TimeSpan.Zero });
        Refused(new() { AssociationLifetime = TimeSpan.FromHours(8) + TimeSpan.FromTicks(1) });
        Assert.Throws<ArgumentException>(() => new UserSecret { NtHash = new byte[15] });

        static void Refused(ServerAuthenticationOptions options) => Assert.ThrowsAny<ArgumentException>(() => new UcServer(new() { Authentication = options }));
    }

    [Fact]
    public void Neither_logins_nor_secrets_tell_what_they_hold()
    {
        Assert.DoesNotContain("alice", new UserLogin(SipAuthenticationScheme.Ntlm, "alice", "CONTOSO").ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("wonderland", new UserSecret { Password = new("wonderland") }.ToString(), StringComparison.Ordinal);
    }

    private static ServerLab With(ServerAuthenticationOptions options) => new(all => all with { Users = [new("alice"), new("bob")], Authentication = options });

    // Employees sign in with their numbers; the store has no passwords.
    private sealed class Hashes : IUserStore
    {
        private readonly UserSecret _secret;

        public Hashes()
        {
            var ntHash = new byte[UserSecret.NtHashLength];
            NtlmMath.HashPassword("wonderland"u8, ntHash);
            var digest = Convert.ToHexStringLower(Md5("0042:contoso.test:wonderland"));
            _secret = new() { NtHash = ntHash, DigestHashes = new Dictionary<DigestAlgorithm, DigestSecret> { [DigestAlgorithm.Md5] = DigestSecret.OfHash(digest) } };
        }

        public HashSet<UserLogin> Asked { get; } = [];

        public UserSecret? FindSecret(string name) => name == "alice" ? _secret : null;

        public string? FindName(UserLogin login)
        {
            Asked.Add(login);
            return login.Name == "0042" && login.Domain is "" or "EMPLOYEES" ? "alice" : null;
        }

#pragma warning disable CA5351 // What Digest with MD5 is made of.
        private static byte[] Md5(string text) => System.Security.Cryptography.MD5.HashData(Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5351
    }
}
