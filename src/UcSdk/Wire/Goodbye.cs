using UcSdk.Sip;

namespace UcSdk;

/// <summary>Ends dialogs. A peer that does not answer, or a flow that is gone, is as good as one that says yes.</summary>
internal static class Goodbye
{
    /// <summary>BYE, or CANCEL while there is no answer; returns when the outcome is known.</summary>
    public static async Task SayAsync(ModelContext context, InviteSession session)
    {
        try
        {
            await session.ByeAsync();
        }
        catch (SipException failure)
        {
            Log.UncleanEnd(context.Logger, failure);
        }
    }
}
