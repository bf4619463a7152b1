using UcSdk.Media;

namespace UcSdk.TestKit;

/// <summary>Finds in what somebody heard the exact sum of what others said, as PCMU carries it.</summary>
internal static class Mix
{
    private const int Frame = 160;
    private const int MaxFramesApart = 60;

    /// <summary>
    /// Asserts that the last second that was heard is, sample for sample, what PCMU makes of the sum of the two voices, each with one delay,
    /// and of nothing else.
    /// </summary>
    public static void AssertIsExactly(RecordingEar ear, CodePointVoice first, CodePointVoice second)
    {
        const int Length = 50 * Frame;
        var start = ((ear.Heard.Count / Frame) - 50) * Frame;
        Assert.True(start > 0, $"Only {ear.Heard.Count} samples were heard.");
        var heard = ear.Heard.Skip(start).Take(Length).ToArray();
        for (var one = 0; one < MaxFramesApart; one++)
        {
            for (var other = 0; other < MaxFramesApart; other++)
            {
                if (Matches(heard, first.Said, FromEnd(first, one), second.Said, FromEnd(second, other)))
                {
                    return;
                }
            }
        }

        Assert.Fail("What was heard is not the sum of the two voices.");

        // What was heard last was said a little earlier; voices are counted from their ends.
        int FromEnd(CodePointVoice voice, int frames) => voice.Said.Count - Length - (frames * Frame);
    }

    private static bool Matches(short[] heard, IReadOnlyList<short> first, int firstStart, IReadOnlyList<short> second, int secondStart)
    {
        if (firstStart < 0 || secondStart < 0)
        {
            return false;
        }

        for (var i = 0; i < heard.Length; i++)
        {
            var sum = (short)Math.Clamp(first[firstStart + i] + second[secondStart + i], short.MinValue, short.MaxValue);
            if (heard[i] != G711.MuValues[G711.EncodeMu(sum)])
            {
                return false;
            }
        }

        return true;
    }
}
