package io.github.nativemaven.binary;

import io.github.nativemaven.platform.OperatingSystem;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The libraries that come with macOS and with Windows, or with Python there. */
public final class SystemLibraries {
    /**
     * What every supported Windows has in its system directory, and Python beside itself; the many that begin with {@code
     * api-ms-win-} and {@code ext-ms-win-} aside.
     *
     * @see <a href="https://learn.microsoft.com/windows/win32/apiindex/windows-umbrella-libraries">umbrella libraries</a>
     */
    private static final Set<String> WINDOWS = Set.of(
            "advapi32",
            "avicap32",
            "avrt",
            "bcrypt",
            "bcryptprimitives",
            "cfgmgr32",
            "combase",
            "comctl32",
            "comdlg32",
            "crypt32",
            "cryptbase",
            "cryptnet",
            "d2d1",
            "d3d10",
            "d3d11",
            "d3d12",
            "d3d9",
            "dbghelp",
            "dcomp",
            "dhcpcsvc",
            "dnsapi",
            "dsound",
            "dwmapi",
            "dwrite",
            "dxgi",
            "dxva2",
            "esent",
            "evr",
            "fwpuclnt",
            "gdi32",
            "gdiplus",
            "glu32",
            "hid",
            "imm32",
            "iphlpapi",
            "kernel32",
            "kernelbase",
            "ktmw32",
            "mf",
            "mfplat",
            "mfreadwrite",
            "mpr",
            "msacm32",
            "mscoree",
            "msimg32",
            "msvcrt",
            "mswsock",
            "ncrypt",
            "netapi32",
            "normaliz",
            "ntdll",
            "ole32",
            "oleacc",
            "oleaut32",
            "opengl32",
            "pdh",
            "powrprof",
            "propsys",
            "psapi",
            "rpcrt4",
            "secur32",
            "setupapi",
            "shcore",
            "shell32",
            "shlwapi",
            "synchronization",
            "ucrtbase",
            "urlmon",
            "user32",
            "userenv",
            "usp10",
            "uxtheme",
            "vcruntime140",
            "vcruntime140_1",
            "version",
            "wevtapi",
            "winhttp",
            "wininet",
            "winmm",
            "winscard",
            "winspool.drv",
            "wintrust",
            "wlanapi",
            "wldap32",
            "ws2_32",
            "wsock32",
            "wtsapi32",
            "xinput1_4",
            "xmllite");

    private static final Pattern PYTHON_OF_MACOS =
            Pattern.compile("(.*/)?(lib(python3|pypy3)[^/]*\\.dylib|Python3?\\.framework/Versions/[^/]+/Python3?)");

    private SystemLibraries() {}

    /**
     * Whether a needed library comes with the system or with Python.
     *
     * @param library as it is named in the needed libraries
     */
    public static boolean has(OperatingSystem os, String library) {
        return switch (os) {
            case MACOS ->
                library.startsWith("/usr/lib/")
                        || library.startsWith("/System/Library/")
                        || PYTHON_OF_MACOS.matcher(library).matches();
            case WINDOWS -> isOfWindows(library.toLowerCase(Locale.ROOT));
            default -> true;
        };
    }

    private static boolean isOfWindows(String library) {
        String name = library.endsWith(".dll") ? library.substring(0, library.length() - 4) : library;
        return WINDOWS.contains(name)
                || name.startsWith("api-ms-win-")
                || name.startsWith("ext-ms-win-")
                || name.matches("python3\\d*t?|libpypy3\\.\\d+-c");
    }
}
