using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>Tries something that may fail in the ways that are promised, and in no other.</summary>
internal static class Attempt
{
    public static async Task<bool> RunAsync(Tally tally, string what, Func<Task> work)
    {
        try
        {
            await work();
            tally.Count(what, "done");
            return true;
        }
        catch (SipException refused)
        {
            tally.Count(what, refused.Failure.ToString());
            return false;
        }
    }
}
