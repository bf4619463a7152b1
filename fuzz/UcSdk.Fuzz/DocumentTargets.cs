using UcSdk.Core;
using UcSdk.Documents;

namespace UcSdk.Fuzz;

/// <summary>The target of the documents floor: every reader takes every input.</summary>
internal static class DocumentTargets
{
    public static readonly FuzzTarget All = new("documents", "documents", Run);

    private static void Run(byte[] input, RandomSource random)
    {
        if (DocumentElement.TryRead(input, out var element, out _))
        {
            FuzzFinding.Require(DocumentElement.TryRead(element.ToBytes(), out _, out var error), $"a tree that was written can be read: {error}");
        }

        if (C3pRequest.TryRead(input, out var request, out _))
        {
            FuzzFinding.Require(C3pRequest.TryRead(request.ToBytes(), out var again, out var error) && again.RequestId == request.RequestId, $"a request survives: {error}");
        }

        if (C3pResponse.TryRead(input, out var response, out _))
        {
            FuzzFinding.Require(C3pResponse.TryRead(response.ToBytes(), out var again, out var error) && again.Code == response.Code, $"a response survives: {error}");
        }

        if (ConferenceInfo.TryRead(input, out var info, out _))
        {
            FuzzFinding.Require(ConferenceInfo.TryRead(info.ToBytes(), out _, out var error), $"a conference survives: {error}");
            var roster = new ConferenceRoster();
            roster.Merge(info);
            roster.Merge(info);
        }

        PresenceTargets.Run(input);
        ContactTargets.Run(input);
        _ = ConferencingInvitation.TryRead(input, out _, out _);
        _ = ProvisioningRequest.TryRead(input, out _, out _);
        _ = ProvisioningNotification.TryRead(input, out _, out _);
    }
}
