namespace UcSdk.Sip;

/// <summary>A user as NTLM names one: <c>DOMAIN\user</c>, or a name without a domain, which may be <c>user@domain</c>.</summary>
internal readonly record struct NtlmName(string User, string Domain)
{
    /// <summary>What stands before the first backslash is the domain; without one the domain is empty, and the server's own is meant.</summary>
    public static NtlmName Split(string text) => text.IndexOf('\\') is var at and >= 0 ? new(text[(at + 1)..], text[..at]) : new(text, "");

    public override string ToString() => Domain.Length == 0 ? User : $@"{Domain}\{User}";
}
