namespace UcSdk.Storage.Sqlite;

/// <summary>What is wrong with a store's file.</summary>
public enum StoreFileFault
{
    /// <summary>It could not be read or written: no such folder, no rights, no space.</summary>
    NotAccessible,

    /// <summary>It is damaged, or no SQLite file. It was not changed; move it away or restore a copy.</summary>
    Damaged,

    /// <summary>It is a SQLite file of another program. It was not changed.</summary>
    Foreign,

    /// <summary>A newer version of this library has written it. It was not changed.</summary>
    TooNew,

    /// <summary>Another process uses it.</summary>
    InUse,
}
