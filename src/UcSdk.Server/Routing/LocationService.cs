using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Finds the endpoints behind an address (RFC 3261 §16.5): all of a user's, or the one of a GRUU or registered Contact.</summary>
internal sealed class LocationService(BindingStore bindings, UserDirectory directory)
{
    /// <summary>The endpoints that the address reaches now; null when there is no such user or endpoint at all.</summary>
    public IReadOnlyList<Binding>? Find(SipUri uri)
    {
        if (bindings.TryGetByContact(uri, out var registered))
        {
            return Reached([registered]);
        }

        if (!directory.TryFind(uri, out var user))
        {
            return null;
        }

        if (InstanceId.TryParse(uri.Parameters["gr"], out var instance))
        {
            return bindings.TryGet(new(directory.AddressOfRecord(user), instance.ToString("D")), out var named) ? Reached([named]) : [];
        }

        if (!uri.IsGruu)
        {
            return Reached(bindings.OfUser(directory.AddressOfRecord(user)));
        }

        return bindings.TryGetByGruu(uri, out var binding) ? Reached([binding]) : [];
    }

    // Who has lost the connection may come back, but nothing gets there before.
    private static Binding[] Reached(IReadOnlyList<Binding> found) => [.. found.Where(binding => binding.IsConnected)];

    /// <summary>The connection for a request that this server makes; null when the user is not there.</summary>
    public SipFlow? RouteTo(SipRequest request) =>
        request.Uri is { } uri && Find(uri) is { Count: > 0 } found ? found[0].Flow : null;
}
