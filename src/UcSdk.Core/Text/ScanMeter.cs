using System.Diagnostics;

namespace UcSdk.Core;

/// <summary>
/// Counts the bytes that parsers look at, so that fuzzing can hold them to a multiple of the input. Counts only where <c>UCSDK_METER</c> is
/// defined (Debug builds); elsewhere the calls are not compiled.
/// </summary>
internal static class ScanMeter
{
    [ThreadStatic]
    private static long _visited;

    /// <summary>True when this build counts.</summary>
    public static bool IsCounting
    {
        get
        {
#if UCSDK_METER
            return true;
#else
            return false;
#endif
        }
    }

    /// <summary>Bytes looked at on this thread so far; each as often as it was looked at.</summary>
    public static long Visited => _visited;

    [Conditional("UCSDK_METER")]
    public static void Visit(int bytes) => _visited += bytes;
}
