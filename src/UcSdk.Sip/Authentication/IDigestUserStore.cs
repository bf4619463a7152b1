namespace UcSdk.Sip;

/// <summary>
/// Knows the users of a server. Asked on the endpoint's loop for every request that carries credentials; it must answer at once and in the
/// same time whether it knows the user or not. A store behind a network keeps its users in memory.
/// </summary>
public interface IDigestUserStore
{
    /// <summary>The secret of a user; null for a user who is not known.</summary>
    /// <param name="userName">As the client gave it.</param>
    /// <param name="realm">The realm of the server.</param>
    /// <param name="algorithm">The algorithm that a stored hash must have been made with; <c>-sess</c> forms use the hash of the plain one.</param>
    DigestSecret? Find(string userName, string realm, DigestAlgorithm algorithm);

    /// <summary>True when the user may speak for an address: it is the user's address of record. Compare user and host.</summary>
    /// <param name="userName">A user who has proven to know the password.</param>
    /// <param name="address">From of a request, or To of a REGISTER, with whatever parameters.</param>
    bool Owns(string userName, SipUri address);
}
