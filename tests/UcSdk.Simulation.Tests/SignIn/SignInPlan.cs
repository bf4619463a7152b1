using UcSdk.Core;

namespace UcSdk.Simulation.Tests;

/// <summary>An hour of misfortune, drawn from the seed.</summary>
internal static class SignInPlan
{
    public static readonly TimeSpan Length = TimeSpan.FromHours(1);

    public static IReadOnlyList<SignInFault> Draw(RandomSource random, int clients)
    {
        var plan = new List<SignInFault>();
        for (var i = 0; i < clients; i++)
        {
            plan.Add(Draw(random, random.Next(10) switch
            {
                < 6 => SignInFaultKind.CutClient,
                < 9 => SignInFaultKind.SilenceClient,
                _ => SignInFaultKind.SignOut,
            }, random.Next(clients), 240));
        }

        // What happens to the server happens to all, one thing after the other.
        var quarter = Length / 4;
        for (var i = 0; i < 4; i++)
        {
            var kind = SignInFaultKind.CutServer + random.Next(4);
            var fault = Draw(random, kind, 0, 90);
            plan.Add(fault with { At = (quarter * i) + (fault.At / 5) });
        }

        plan.Sort((one, other) => one.At.CompareTo(other.At));
        return plan;
    }

    private static SignInFault Draw(RandomSource random, SignInFaultKind kind, int client, int longest) =>
        new(TimeSpan.FromMilliseconds(random.Next((int)Length.TotalMilliseconds)), kind, client, TimeSpan.FromMilliseconds(1000 + random.Next(longest * 1000)));
}
