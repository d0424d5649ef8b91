"""What is said of rule folders that are asked of git."""

from __future__ import annotations

from typing import Final

from compliance.words import Text

TEXTS: Final[dict[str, Text]] = {
    "like_an_option": Text(
        "`{found}` 以 - 开头，不能作文件夹或 git 版本；请写文件夹、REV 或 REV:PATH",
        "`{found}` begins with a hyphen and names no folder or git revision; write a folder, REV or REV:PATH",
    ),
    "no_git": Text(
        "没有这个文件夹；要按 git 版本读取，本机须装有 git。请检查拼写，或先安装 git",
        "there is no such folder, and to take it for a revision git has to be installed; check the spelling or install git",
    ),
    "no_repository": Text(
        "没有这个文件夹；当前目录也不能作 git 仓库使用（{why}），无法按版本读取。请检查拼写，或到仓库内运行",
        "there is no such folder, and the current directory cannot be used as a git repository ({why}); check the spelling, or run inside the repository",
    ),
    "unknown_revision": Text(
        "既没有这个文件夹，当前仓库里也没有版本 `{found}`；请写文件夹、提交、分支或标签（`git log --oneline` 可列出）",
        "is no folder, and this repository has no revision `{found}`; write a folder, or a commit, branch or tag (`git log --oneline` lists them)",
    ),
    "not_in_revision": Text(
        "版本 `{revision}` 里没有文件夹 `{found}`；请写 REV:PATH，PATH 是规则文件夹自仓库根起的路径",
        "revision `{revision}` has no folder `{found}`; write REV:PATH, where PATH leads from the top of the repository to the rules",
    ),
    "not_regular": Text(
        "在该版本里是符号链接或子模块，不是普通文件；请把文件本身提交进来",
        "is a symbolic link or a submodule in this revision and no regular file; commit the file itself",
    ),
    "folder_too_large": Text(
        "该版本的规则文件共 {found} 字节，上限 {limit} 字节；请指向只放规则的文件夹",
        "the rule files of this revision have {found} bytes and the limit is {limit}; point to the folder of the rules alone",
    ),
    "unreadable_object": Text(
        "git 无法读取该对象（{why}）；仓库可能不完整，请运行 `git fsck` 检查",
        "git cannot read this ({why}); the repository may be incomplete, check it with `git fsck`",
    ),
}
