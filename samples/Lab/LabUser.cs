using UcSdk.Server;
using UcSdk.Sip;

namespace Lab;

/// <summary>A user of the domain, as <c>NAME</c> or <c>NAME:PASSWORD</c>.</summary>
internal sealed record LabUser(string Name, SipPassword? Password)
{
    public static LabUser Parse(string text) => text.Split(':', 2) is [var name, var password] ? new(name, new SipPassword(password)) : new(text, null);

    public UcServerUser ToServerUser() => new(Name) { Password = Password };
}
