namespace UcSdk.Sip;

/// <summary>The authentication headers of a message, in which several servers are answered beside one another, each by its realm (RFC 3261 §22.3).</summary>
internal static class AuthHeaders
{
    /// <summary>What is for a realm; null for nothing.</summary>
    public static AuthField? Find(SipHeaders headers, HeaderName name, string realm)
    {
        foreach (var text in headers.GetAll(name))
        {
            if (AuthField.TryParse(text, out var field) && IsOf(field, realm))
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>Says something for a realm, in place of what stands there for it.</summary>
    public static void Put(SipHeaders headers, HeaderName name, string realm, AuthField field)
    {
        Remove(headers, name, realm);
        headers.Add(name, field.ToString());
    }

    /// <summary>Removes what is for a realm and leaves what is for others.</summary>
    public static void Remove(SipHeaders headers, HeaderName name, string realm) => Remove(headers, name, realm, IsOf);

    /// <summary>Removes what is ours and leaves the rest, which may be of any form. Messages without the header pay nothing.</summary>
    public static void Remove<TOwner>(SipHeaders headers, HeaderName name, TOwner owner, Func<AuthField, TOwner, bool> isOurs)
    {
        if (!headers.Contains(name))
        {
            return;
        }

        var others = new List<string>();
        foreach (var text in headers.GetAll(name))
        {
            if (!AuthField.TryParse(text, out var field) || !isOurs(field, owner))
            {
                others.Add(text);
            }
        }

        headers.Remove(name);
        foreach (var text in others)
        {
            headers.Add(name, text);
        }
    }

    private static bool IsOf(AuthField field, string realm) => (field["realm"] ?? "") == realm;
}
