using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace UcSdk.Load;

/// <summary>The baseline: sipp calling sipp on the same machine, its built-in scenarios, which make the same call.</summary>
internal static partial class SippPair
{
    /// <summary>µs of processor time of both programs for each call; null where sipp is missing, or has lost calls in each of three runs.</summary>
    public static async Task<double?> MeasureAsync(Carrier carrier, int calls, int rate) =>
        await RunAsync(carrier, calls, rate) ?? await RunAsync(carrier, calls, rate / 2) ?? await RunAsync(carrier, calls, rate / 2);

    private static async Task<double?> RunAsync(Carrier carrier, int calls, int rate)
    {
        var (near, far) = (FreePort(), FreePort());
        var mode = carrier == Carrier.Tcp ? "t1" : "u1";
        try
        {
            using var callee = Start($"-sn uas -i 127.0.0.1 -p {far} -t {mode}");
            await Task.Delay(TimeSpan.FromSeconds(1));
            using var caller = Start($"-sn uac -i 127.0.0.1 -p {near} -t {mode} -r {rate} -m {calls} 127.0.0.1:{far}");
            var before = ChildrenTime();
            var whole = await EndsAsync(caller, TimeSpan.FromSeconds((calls / (double)rate) + 60));
            callee.Kill();
            await callee.WaitForExitAsync(CancellationToken.None);
            return whole ? (ChildrenTime() - before).TotalMicroseconds / calls : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    // On a machine that gives it no time sipp loses an answer and waits for it without end.
    private static async Task<bool> EndsAsync(Process caller, TimeSpan patience)
    {
        try
        {
            using var limit = new CancellationTokenSource(patience);
            await caller.WaitForExitAsync(limit.Token);
            return caller.ExitCode == 0;
        }
        catch (OperationCanceledException)
        {
            caller.Kill();
            await caller.WaitForExitAsync(CancellationToken.None);
            return false;
        }
    }

    private static Process Start(string arguments)
    {
        var process = Process.Start(new ProcessStartInfo("sipp", arguments + " -nostdin -f 60")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TERM"] = "dumb" },
        })!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    // What all ended children have spent, as the system counts it: nothing is missed between two looks.
    private static TimeSpan ChildrenTime()
    {
        const int Children = -1;
        Span<long> usage = stackalloc long[18];
        return GetResourceUsage(Children, ref MemoryMarshal.GetReference(usage)) == 0
            ? TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3])
            : throw new InvalidOperationException("The system does not tell what its processes have spent: " + Marshal.GetLastPInvokeError().ToString(CultureInfo.InvariantCulture));
    }

    [LibraryImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    private static partial int GetResourceUsage(int who, ref long usage);
}
