using UcSdk.Core;

namespace UcSdk.Media;

/// <summary>The source that is heard: what is counted about it, and its last sender report.</summary>
internal sealed class RemoteSource(uint ssrc, ushort firstNumber)
{
    private ulong _reportTime;
    private Timestamp _reportAt;
    private bool _hasReport;

    public uint Ssrc => ssrc;

    public ReceptionStatistics Statistics { get; } = new(ssrc, firstNumber);

    public void TakeSenderReport(in RtcpSenderInfo info, Timestamp now)
    {
        _reportTime = info.NtpTime;
        _reportAt = now;
        _hasReport = true;
    }

    public RtcpReportBlock TakeReport(Timestamp now) => _hasReport
        ? Statistics.TakeReport(NtpTime.Middle(_reportTime), NtpTime.Units(now - _reportAt))
        : Statistics.TakeReport(0, 0);
}
