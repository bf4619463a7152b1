namespace UcSdk.Sip;

/// <summary>
/// What identifies a dialog to one of its sides (RFC 3261 §12): the Call-ID and both tags, compared without regard to case, because peers of the
/// Lync family change the case of what they echo.
/// </summary>
internal readonly record struct DialogKey(string CallId, string LocalTag, string RemoteTag)
{
    public bool Equals(DialogKey other) =>
        CallId.Equals(other.CallId, StringComparison.OrdinalIgnoreCase)
        && LocalTag.Equals(other.LocalTag, StringComparison.OrdinalIgnoreCase)
        && RemoteTag.Equals(other.RemoteTag, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => CallId.GetHashCode(StringComparison.OrdinalIgnoreCase);
}
