using System.CommandLine.Parsing;

namespace Samples;

/// <summary>An option that names a file to write, refused before anybody signs in where it cannot be written.</summary>
internal static class WritableFile
{
    /// <summary>Makes the file where it is not there, readable for its owner only.</summary>
    public static void Require(OptionResult result)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        foreach (var token in result.Tokens)
        {
            try
            {
                using var file = new FileStream(token.Value, options);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                result.AddError($"{result.Option.Name}: {token.Value} cannot be written: {failure.Message}");
            }
        }
    }
}
