namespace UcSdk.Sip;

/// <summary>Whether a TLS server asks its clients for certificates.</summary>
public enum ClientCertificateDemand
{
    /// <summary>It does not ask.</summary>
    None,

    /// <summary>It asks; one that is shown must be good.</summary>
    Request,

    /// <summary>Nobody comes in without a good one.</summary>
    Require,
}
