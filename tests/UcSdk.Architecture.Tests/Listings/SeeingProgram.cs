// <listing>
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using UcSdk.Sip;

// </listing>
namespace SeeingListing;

/// <summary>The program of docs/guide/seeing.md, compiled.</summary>
internal static class SeeingProgram
{
    public static void Run()
    {
        // <listing>
        using var activities = Sdk.CreateTracerProviderBuilder()
            .AddSource(SipTelemetry.ActivitySourceName)
            .AddOtlpExporter()
            .Build();
        using var measurements = Sdk.CreateMeterProviderBuilder()
            .AddMeter(SipTelemetry.MeterName)
            .AddOtlpExporter()
            .Build();
        // </listing>
    }
}
