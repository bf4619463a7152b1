namespace UcSdk;

/// <summary>An invitation was not accepted: declined (603), nobody there (480, 404), no answer (408), or the network failed.</summary>
public sealed class FailureResponseException : LyncClientException
{
    internal FailureResponseException(string operation, Exception? inner)
        : base($"{operation} failed{Why(inner)}", inner)
    {
    }

    /// <summary>True when a person said no (RFC 3261 §21.6.2; 603).</summary>
    public bool IsDeclined => StatusCode == Sip.StatusCode.Decline;
}
