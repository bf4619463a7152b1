using UcSdk.Core;
using UcSdk.Documents;

namespace UcSdk;

/// <summary>The custom activities that users may choose: those of the application, and those of the document that the server's settings name. On the loop, read anywhere.</summary>
internal sealed class CustomActivities(ModelContext context, ClientSettings settings, WebDownload web)
{
    private static readonly DocumentLimits Limits = new() { MaxBytes = 64 * 1024, MaxElements = 1000 };
    private volatile Known _known = new(null, []);
    private (string Address, Task<IReadOnlyList<CustomAvailabilityState>> Task)? _running;

    /// <summary>All that are known; of two with one number that of the application.</summary>
    public IReadOnlyList<CustomAvailabilityState> All
    {
        get
        {
            var own = context.Options.Presence.CustomStates;
            var known = _known;
            return known.Address is null || known.Address != Address ? own : [.. own, .. known.States.Where(state => own.All(other => other.Id != state.Id))];
        }
    }

    private string? Address => settings.EndpointConfiguration.CustomStateUrl is { Length: > 0 } address ? address : null;

    /// <summary>Fetches the document, once for each address that the settings name.</summary>
    /// <exception cref="ServerRequestException">It cannot be fetched, or cannot be read.</exception>
    public async Task<IReadOnlyList<CustomAvailabilityState>> LoadAsync(CancellationToken cancellationToken)
    {
        if (Address is not { } address || _known.Address == address)
        {
            return All;
        }

        if (_running is not { } running || running.Address != address || running.Task.IsCompleted)
        {
            _running = running = (address, FetchAsync(address));
        }

        _known = new(address, await running.Task.UntilAsync(cancellationToken));
        return All;
    }

    private async Task<IReadOnlyList<CustomAvailabilityState>> FetchAsync(string address)
    {
        const string Operation = nameof(Self.GetPublishableCustomAvailabilityStatesAsync);
        var answer = await web.GetAsync(Operation, address, Limits.MaxBytes, CancellationToken.None);
        return CustomStates.TryRead(answer.Body, out var document, out var error, Limits)
            ? [.. document.States.Select(Translate).OfType<CustomAvailabilityState>().DistinctBy(state => state.Id).Take(CustomStates.MaxStates)]
            : throw new ServerRequestException(Operation, $"the document cannot be read: {error}");
    }

    // Null for what could not be chosen: an availability that is none of the three, or words that are too long or missing.
    private static CustomAvailabilityState? Translate(CustomState state)
    {
        var words = state.Activities.Where(activity => activity is { Lcid: <= int.MaxValue, Text.Length: > 0 and <= CustomStates.MaxTextLength })
            .DistinctBy(activity => activity.Lcid)
            .ToDictionary(activity => (int)activity.Lcid!.Value, activity => activity.Text);
        ContactAvailability? availability = state.Availability switch
        {
            CustomState.Online => ContactAvailability.Free,
            CustomState.Busy => ContactAvailability.Busy,
            CustomState.DoNotDisturb => ContactAvailability.DoNotDisturb,
            _ => null,
        };
        return availability is { } known && words.Count > 0 && state.Id is >= 1 and <= int.MaxValue ? new((int)state.Id, known, words) : null;
    }

    // One object, so that its exchange is one write.
    private sealed record Known(string? Address, IReadOnlyList<CustomAvailabilityState> States);
}
