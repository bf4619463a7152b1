using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Finds the endpoints behind an address (RFC 3261 §16.5): all of a user's, or the one of a GRUU or registered Contact.</summary>
internal sealed class LocationService(BindingStore bindings, UserDirectory directory, TemporaryGruus temporaryGruus)
{
    /// <summary>The endpoints that the address reaches now; null when there is no such user or endpoint at all.</summary>
    /// <param name="uri">The address.</param>
    /// <param name="except">Those whose flows are not to be used; null for none.</param>
    public IReadOnlyList<Binding>? Find(SipUri uri, IReadOnlyList<Binding>? except = null) => Registered(uri) is { } found ? Reached(found, except) : null;

    /// <summary>Whether there is such a user or endpoint at all.</summary>
    public bool Exists(SipUri uri) => Registered(uri) is not null;

    /// <summary>Whether the address has an endpoint, connected or not.</summary>
    public bool IsRegistered(SipUri uri) => Registered(uri) is { Count: > 0 };

    private IReadOnlyList<Binding>? Registered(SipUri uri)
    {
        if (bindings.TryGetByContact(uri, out var registered))
        {
            return [registered];
        }

        if (directory.Serves(uri) && temporaryGruus.TryRead(uri, out var number))
        {
            // RFC 5627 §5.4: one whose registration is over is no address any more.
            return bindings.TryGetByTemporaryNumber(number, out var hidden) ? OfEndpoint(hidden.Id) : null;
        }

        if (!directory.TryFind(uri, out var user))
        {
            return null;
        }

        if (InstanceId.TryParse(uri.Parameters["gr"], out var instance))
        {
            return OfEndpoint(new(directory.AddressOfRecord(user), instance.ToString("D")));
        }

        return uri.IsGruu ? bindings.OfGruu(uri) : bindings.OfUser(directory.AddressOfRecord(user));
    }

    // Who has lost the connection may come back, but nothing gets there before. Of several flows of an endpoint one is used, the one registered last (RFC 5626 §5.3).
    private static IReadOnlyList<Binding> Reached(IReadOnlyList<Binding> found, IReadOnlyList<Binding>? except) =>
        except is null or [] && AreAllReached(found) ? found : ReachedExcept(found, except);

    private static Binding[] ReachedExcept(IReadOnlyList<Binding> found, IReadOnlyList<Binding>? except) =>
        [
            .. found.Where(binding => binding.IsConnected && except?.Any(other => other.Id == binding.Id) != true)
                .GroupBy(binding => binding.Id with { FlowNumber = 0 })
                .Select(flows => flows.MaxBy(binding => binding.Since)!),
        ];

    // Without numbered flows every one is an endpoint of its own: that is how it mostly is.
    private static bool AreAllReached(IReadOnlyList<Binding> found)
    {
        for (var at = 0; at < found.Count; at++)
        {
            if (found[at] is not { IsConnected: true, Id.FlowNumber: 0 })
            {
                return false;
            }
        }

        return true;
    }

    private Binding[] OfEndpoint(EndpointId id) => [.. bindings.OfUser(id.User).Where(binding => binding.Id.IsSameEndpoint(id))];

    /// <summary>The connection for a request that this server makes; null when the user is not there.</summary>
    public SipFlow? RouteTo(SipRequest request) =>
        request.Uri is { } uri && Find(uri) is { Count: > 0 } found ? found[0].Flow : null;
}
