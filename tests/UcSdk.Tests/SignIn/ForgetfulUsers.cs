using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>One user whose password may change.</summary>
internal sealed class ForgetfulUsers(SipPassword password) : IUserStore
{
    public SipPassword Password { get; set; } = password;

    public UserSecret? FindSecret(string name) => name == "alice" ? new UserSecret { Password = Password } : null;

    public string? FindName(UserLogin login) => login.Name == "alice" ? "alice" : null;
}
